import { Form, Submit } from '#ui/components/index.ts';
import { LinkButton } from '#ui/components/page-header.tsx';
import { Icon } from '#ui/icons.tsx';
import { Page } from '#ui/layout.tsx';
import { newCompanyLabel, PATHS, type ViewContext } from '#ui/view.ts';

const GAINS = [
  {
    icon: 'read',
    title: 'Quitus lit votre facture',
    text: 'Déposez le PDF. Le client, les montants et les dates sont relevés, vous confirmez.',
  },
  {
    icon: 'calculator',
    title: 'Il calcule ce qui vous est dû',
    text: 'Principal, intérêts de retard, indemnité de 40\u00a0€\u202f: chaque euro avec son article de loi.',
  },
  {
    icon: 'letter',
    title: 'Il écrit la lettre',
    text: 'Une mise en demeure exacte, prête à imprimer, à signer et à poster. Rien ne part sans vous.',
  },
] as const;

/** The very first screen: what Quitus does, and two ways in. */
export function WelcomePage({ view }: { view: ViewContext }) {
  const demo = view.companies.find((company) => company.demo);
  return (
    <Page view={view} title="Bienvenue" bare>
      <div class="q-welcome">
        <header class="q-welcome-head">
          <p class="q-overline">Bienvenue dans Quitus</p>
          <h1>Une facture reste impayée&#8239;? Faisons-la payer.</h1>
          <p class="q-lead">Par où voulez-vous commencer&#8239;?</p>
        </header>
        <div class="q-doors">
          <section class="q-door q-door-main">
            <Icon name="company" class="q-door-icon" />
            <h2>Avec mes factures</h2>
            <p>Donnez le nom de votre entreprise, déposez une facture&#8239;: deux minutes, sans aucun mot de juriste.</p>
            <LinkButton href={PATHS.newCompany} icon="add">
              {newCompanyLabel(view)}
            </LinkButton>
          </section>
          {demo && (
            <section class="q-door">
              <Icon name="demo" class="q-door-icon" />
              <h2>D’abord, voir un exemple</h2>
              <p>Une entreprise inventée et une douzaine d’impayés de toutes sortes. Elle s’efface en un clic.</p>
              <Form view={view} action={PATHS.chooseCompany}>
                <input type="hidden" name="company" value={demo.id} />
                <Submit weight="plain" icon="next">
                  Regarder la démonstration
                </Submit>
              </Form>
            </section>
          )}
        </div>
        <ol class="q-gains" aria-label="Ce que fait Quitus">
          {GAINS.map(({ icon, title, text }) => (
            <li>
              <Icon name={icon} class="q-gain-icon" />
              <p>
                <strong>{title}</strong>
                <span>{text}</span>
              </p>
            </li>
          ))}
        </ol>
        <p class="q-welcome-note">
          <Icon name="lock" /> Vos données restent là où Quitus est installé&#8239;: rien n’est envoyé à personne.
        </p>
      </div>
    </Page>
  );
}
