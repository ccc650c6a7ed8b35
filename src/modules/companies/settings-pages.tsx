import type { Typed } from '#platform/form.ts';
import { Actions, Card, DescriptionList, ErrorSummary, Form, LinkButton, PageHeader, Submit } from '#ui/components/index.ts';
import { Page } from '#ui/layout.tsx';
import { PATHS, type ViewContext } from '#ui/view.ts';
import type { Creditor } from './creditor.ts';
import { factsOn } from './facts-list.tsx';
import { MissingFacts, subjectPath } from './missing-facts.tsx';
import { PICTURES, Picture } from './pictures-page.tsx';
import { CompanyQuestion } from './questions.tsx';
import { SUBJECTS } from './subjects.ts';

/** All that is known of the company, subject by subject, and what its letters still need. */
export function SettingsPage({ view, creditor }: { view: ViewContext; creditor: Creditor }) {
  return (
    <Page view={view} title="Réglages" width="normal">
      <PageHeader
        title="Réglages"
        subtitle="Ce que vos lettres disent de vous. Celles qui sont déjà faites ne changent pas."
        overline={creditor.name}
      />
      <MissingFacts creditor={creditor} />
      <div class="q-settings">
        {SUBJECTS.map(({ subject, title, icon }) => (
          <Card title={title} icon={icon} aside={<Edit href={subjectPath(subject)} what={title} />}>
            <DescriptionList items={factsOn(subject, creditor)} />
          </Card>
        ))}
        <Card title="Logo et signature" icon="image" aside={<Edit href={subjectPath('images')} what="Logo et signature" />}>
          <DescriptionList
            items={PICTURES.map(({ which, label }) => {
              const picture = Picture({ which, creditor });
              return { term: label, ...(picture ? { value: picture } : {}) };
            })}
          />
        </Card>
        <Card title="Conseil" icon="calculator" aside={<Edit href={ADVICE_FIGURES_PATH} what="Conseil" />}>
          <p class="q-note">TVA, limites, heure de travail, et tous les chiffres dont le conseil se sert.</p>
        </Card>
      </div>
    </Page>
  );
}

/** The figures of the advice (module advice). */
const ADVICE_FIGURES_PATH = '/reglages/conseil';

const Edit = ({ href, what }: { href: string; what: string }) => (
  <a href={href}>
    Modifier<span class="visually-hidden">&#8239;: {what}</span>
  </a>
);

interface SubjectProps {
  view: ViewContext;
  subject: (typeof SUBJECTS)[number];
  typed: Typed;
  errors?: Readonly<Record<string, string>>;
}

/** The form of one subject. */
export function SubjectPage({ view, subject, typed, errors = {} }: SubjectProps) {
  return (
    <Page view={view} title={subject.title} width="narrow">
      <ErrorSummary errors={errors} />
      <PageHeader title={subject.title} subtitle={subject.purpose} back={{ href: PATHS.settings, label: 'Réglages' }} />
      <Form view={view} action={subjectPath(subject.subject)}>
        {subject.questions.map((name) => (
          <CompanyQuestion name={name} value={typed[name]} error={errors[name]} />
        ))}
        <Actions>
          <Submit>Enregistrer</Submit>
          <LinkButton href={PATHS.settings} weight="quiet">
            Annuler
          </LinkButton>
        </Actions>
      </Form>
    </Page>
  );
}
