import { Actions, Form, LinkButton, PageHeader, Submit } from '#ui/components/index.ts';
import { Page } from '#ui/layout.tsx';
import { type CompanyChoice, PATHS, type ViewContext } from '#ui/view.ts';

/** Asks before the demonstration is removed. */
export function RemoveDemoPage({ view, demo }: { view: ViewContext; demo: CompanyChoice }) {
  return (
    <Page view={view} title="Supprimer la démonstration" width="narrow">
      <PageHeader
        title="Supprimer la démonstration&#8239;?"
        subtitle={`L’entreprise inventée ${demo.name}, ses dossiers et ses documents seront effacés. Vos propres entreprises ne changent pas.`}
      />
      <Form view={view} action={PATHS.removeDemo}>
        <Actions>
          <Submit weight="danger" icon="remove">
            Supprimer la démonstration
          </Submit>
          <LinkButton href={PATHS.today} weight="quiet">
            La garder
          </LinkButton>
        </Actions>
      </Form>
    </Page>
  );
}
