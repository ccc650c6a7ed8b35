import { Hono } from 'hono';
import { statementOfAccount } from '#core/claim/account.ts';
import type { StatementOfAccount } from '#core/claim/statement.ts';
import { day } from '#core/kernel/day.ts';
import { money } from '#core/kernel/money.ts';
import { percent } from '#core/kernel/ratio.ts';
import {
  Actions,
  Alert,
  Amount,
  Card,
  CertaintyMark,
  Checkbox,
  ConfirmButton,
  CopyButton,
  DataTable,
  Day,
  DayField,
  DescriptionList,
  Disclosure,
  DueStatus,
  EmptyState,
  ErrorSummary,
  Field,
  FileDrop,
  Form,
  LinkButton,
  MoneyField,
  PageHeader,
  Pager,
  PdfPreview,
  RadioCards,
  Select,
  Statement,
  Status,
  Steps,
  Submit,
  TextField,
  Timeline,
} from '#ui/components/index.ts';
import { Page } from '#ui/layout.tsx';
import { redirectWith, sendDocument, viewOf, type WebEnv, type WebModule } from '#ui/web.ts';

/** Every component in each of its states, with invented people and figures. Used by the tests only. */

const TODAY = day('2026-11-21');

/** One invoice paid in part, one with a credit note, over four half-years of rates. */
export function sampleStatement(): StatementOfAccount {
  const answer = statementOfAccount(
    {
      debtor: 'business',
      contractRate: percent('12.00'),
      invoices: [
        {
          id: 'f-1',
          number: 'F-2026-014',
          issuedOn: day('2026-02-28'),
          dueOn: day('2026-03-31'),
          amount: money(480_000n),
          credits: [{ on: day('2026-08-01'), amount: money(100_000n), kind: 'payment', reference: 'virement' }],
        },
        {
          id: 'f-2',
          number: 'F-2026-021',
          issuedOn: day('2026-05-12'),
          dueOn: day('2026-06-11'),
          amount: money(1_234_567n),
          credits: [{ on: day('2026-07-02'), amount: money(34_567n), kind: 'credit-note', reference: 'A-2026-003' }],
        },
      ],
    },
    TODAY,
  );
  if (answer.status !== 'computed') throw new Error(`the sample claim is ${answer.status}`);
  return answer.value;
}

interface Late {
  readonly client: string;
  readonly number: string;
  readonly dueOn: string;
  readonly cents: bigint;
}

const LATE: readonly Late[] = [
  { client: 'Atelier Brume', number: 'F-2026-014', dueOn: '2026-03-31', cents: 412_345n },
  { client: 'Boulangerie Lefort et fils', number: 'F-2026-033', dueOn: '2026-11-23', cents: 98_000n },
  { client: 'Commune de Valgrise', number: 'F-2026-040', dueOn: '2027-01-05', cents: 1_250_000n },
];

export const galleryModule: WebModule = {
  uploads: ['/galerie/fichiers'],
  routes: () => {
    const routes = new Hono<WebEnv>();
    routes.get('/', (c) => c.html(<TodaySample c={c} />));
    routes.get('/galerie/lettre.pdf', (c) =>
      sendDocument(c, PDF, { mediaType: 'application/pdf', name: 'lettre.pdf', framed: true }),
    );
    routes.get('/galerie/:part', (c, next) => {
      const part = PARTS[c.req.param('part')];
      return part ? c.html(part(viewOf(c))) : next();
    });
    routes.post('/galerie/fichiers', async (c) => {
      const files = (await c.req.formData()).getAll('files').filter((f) => f instanceof File);
      const names = files.map((f) => f.name).join(', ');
      if (c.req.header('accept') === 'application/json') return c.json({ message: `Reçu\u202f: ${names}`, href: '/' });
      return redirectWith(c, '/', `Reçu\u202f: ${names}`);
    });
    routes.post('/galerie/saisie', () => {
      throw new Error('the disk is full');
    });
    return routes;
  },
};

/** The smallest PDF that a viewer opens. */
const PDF = new TextEncoder().encode(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF',
);

type View = ReturnType<typeof viewOf>;

function TodaySample({ c }: { c: Parameters<typeof viewOf>[0] }) {
  const view = viewOf(c);
  return (
    <Page view={view} title="Aujourd’hui">
      <PageHeader
        title="Aujourd’hui"
        subtitle="Trois clients vous doivent de l’argent. Une chose est à faire."
        action={
          <LinkButton href="/deposer" icon="drop">
            Déposer des factures
          </LinkButton>
        }
      />
      <div class="q-columns">
        <div class="q-stack">
          <Card>
            <p class="q-overline">On vous doit, en retard</p>
            <Amount of={money(412_345n)} size="hero" why="/comprendre/late-interest" />
            <p class="q-note">dont 93,45 € d’intérêts et 40,00 € d’indemnité, au 21 novembre 2026</p>
          </Card>
          <Card title="Qui vous doit quoi" icon="cases" flush>
            <Clients />
          </Card>
        </div>
        <div class="q-stack">
          <Card title="À faire">
            <EmptyState title="Rien à faire aujourd’hui" action={<a href="/dossiers">Voir tous les dossiers</a>}>
              <p>La prochaine échéance est le 5 janvier 2027.</p>
            </EmptyState>
          </Card>
        </div>
      </div>
    </Page>
  );
}

function Clients() {
  return (
    <DataTable
      caption="Montants dus par client"
      captionHidden
      rows={LATE}
      href={(row) => `/dossiers/${row.number}`}
      columns={[
        { header: 'Client', title: true, cell: (row) => row.client },
        { header: 'Facture', cell: (row) => row.number, tight: true },
        { header: 'Échéance', cell: (row) => <Day of={day(row.dueOn)} /> },
        { header: 'Où on en est', cell: (row) => <DueStatus due={day(row.dueOn)} today={TODAY} /> },
        {
          header: 'Montant dû',
          align: 'end',
          cell: (row) => <Amount of={money(row.cents)} />,
          total: <Amount of={money(1_760_345n)} />,
        },
      ]}
    />
  );
}

const PARTS: Readonly<Record<string, (view: View) => ReturnType<typeof Page>>> = {
  etats: (view) => (
    <Page view={view} title="États et messages">
      <PageHeader
        overline="Dossier"
        title="Atelier Brume"
        subtitle="Mission de conseil, février 2026"
        back={{ href: '/dossiers', label: 'Dossiers' }}
        action={<LinkButton href="/">Préparer la mise en demeure</LinkButton>}
      />
      <div class="q-actions">
        <Status tone="late">En retard</Status>
        <Status tone="soon">Échéance proche</Status>
        <Status tone="good">Payée</Status>
        <Status tone="info">En lecture</Status>
        <Status tone="dispute">Contestée</Status>
        <Status tone="quiet">Rien à signaler</Status>
        <DueStatus due={TODAY} today={TODAY} />
      </div>
      <Alert tone="good" title="Mise en demeure enregistrée">
        <p>Le délai de huit jours court depuis le 20 novembre 2026.</p>
      </Alert>
      <Alert tone="info">
        <p>Un avoir réduit la facture à laquelle il se rattache.</p>
      </Alert>
      <Alert tone="soon" title="Le taux change le 1er janvier">
        <p>
          Le décompte sera refait ce jour-là. <a href="/droit">Voir les taux</a>
        </p>
      </Alert>
      <Alert tone="late" title="Ce fichier est illisible">
        <p>Le PDF est protégé par un mot de passe. Enregistrez-le sans mot de passe, puis déposez-le de nouveau.</p>
      </Alert>
      <Card title="Ce que l’on sait" icon="law" aside={<CertaintyMark of="official" />}>
        <DescriptionList
          items={[
            { term: 'Taux de la BCE', value: '2,15 %', note: <CertaintyMark of="official" explained /> },
            { term: 'Délai de grâce', value: 'deux ans', note: <CertaintyMark of="secondary" explained /> },
            { term: 'Jour du jugement', value: 'compté', note: <CertaintyMark of="reading" explained /> },
            { term: 'Preuve libre', value: 'entre commerçants', note: <CertaintyMark of="memory" explained /> },
            { term: 'SIREN du client' },
          ]}
        />
        <Disclosure summary="Comment ce taux est calculé">
          <p>Taux de refinancement de la Banque centrale européenne, plus dix points.</p>
        </Disclosure>
        <CopyButton text="FR7612345678901234567890123" what="l’IBAN" />
      </Card>
      <Card title="Le fil du dossier" icon="history">
        <Timeline
          today={TODAY}
          events={[
            { on: day('2026-11-28'), icon: 'clock', title: 'Fin du délai de la mise en demeure', tone: 'soon', future: true },
            {
              on: day('2026-11-20'),
              icon: 'registered',
              title: 'Mise en demeure remise',
              tone: 'info',
              body: <p>Recommandé no 1A 234 567 8901 2</p>,
            },
            { on: day('2026-08-01'), icon: 'payment', title: 'Paiement de 1 000,00 €', tone: 'good' },
            { on: day('2026-07-15'), icon: 'dispute', title: 'Le client conteste la qualité', tone: 'dispute' },
            { on: day('2026-03-31'), icon: 'late', title: 'Échéance dépassée', tone: 'late' },
            { on: day('2026-02-28'), icon: 'invoice', title: 'Facture F-2026-014 émise' },
          ]}
        />
      </Card>
      <Pager label="Pages des dossiers" page={2} pages={5} href={(page) => `/dossiers?page=${page}`} />
      <ConfirmButton
        view={view}
        action="/galerie/saisie"
        label="Supprimer ce dossier"
        question="Le dossier et ses documents seront effacés. Cela ne se défait pas."
        confirm="Supprimer le dossier"
        icon="remove"
        danger
      />
    </Page>
  ),
  decompte: (view) => (
    <Page view={view} title="Décompte">
      <PageHeader overline="Atelier Brume" title="Décompte au 21 novembre 2026" />
      <Card title="Le calcul, ligne à ligne" icon="calculator">
        <Statement of={sampleStatement()} />
      </Card>
    </Page>
  ),
  formulaire: (view) => (
    <Page view={view} title="Formulaire" width="narrow">
      <Steps
        label="Créer un dossier"
        steps={[
          { label: 'La facture', state: 'done', href: '/galerie/question' },
          { label: 'Le client', state: 'current' },
          { label: 'Vérifier', state: 'todo' },
        ]}
      />
      <ErrorSummary
        errors={{ amount: 'Saisissez un montant, comme 4\u202f800,00.', 'debtor.kind': 'Choisissez qui est votre client.' }}
      />
      <PageHeader title="Votre client" subtitle="Tout peut être corrigé plus tard." />
      <Form view={view} action="/galerie/saisie">
        <Field name="name" label="Nom de l’entreprise" autocomplete="organization" value="Atelier Brume" />
        <Field
          name="siren"
          label="SIREN"
          hint="Neuf chiffres, au bas de la facture."
          inputmode="numeric"
          width="short"
          optional
        />
        <MoneyField
          name="amount"
          label="Montant de la facture"
          hint="Toutes taxes comprises."
          value="quatre mille"
          error={'Saisissez un montant, comme 4\u202f800,00.'}
        />
        <DayField name="due" label="Échéance" value="2026-03-31" />
        <Select
          name="form"
          label="Forme juridique"
          placeholder="Choisissez"
          options={[
            { value: 'sas', label: 'SAS' },
            { value: 'sarl', label: 'SARL' },
          ]}
        />
        <RadioCards
          name="debtor.kind"
          label="Qui est votre client ?"
          error="Choisissez qui est votre client."
          options={[
            {
              value: 'business',
              label: 'Une entreprise',
              hint: 'Société, indépendant, association qui exerce une activité',
              icon: 'company',
            },
            { value: 'public', label: 'Une administration', hint: 'Commune, hôpital, établissement public', icon: 'publicBuyer' },
            { value: 'consumer', label: 'Un particulier', icon: 'consumer' },
          ]}
        />
        <TextField name="story" label="Que s’est-il passé ?" optional value={'Première ligne\n  puis <b>la suite</b>'} />
        <Checkbox
          name="confirm"
          label="La prestation a été livrée"
          hint="Une livraison partielle compte aussi."
          optional
          checked
        />
        <Actions>
          <Submit icon="next">Continuer</Submit>
          <Submit weight="plain" name="draft" value="1">
            Enregistrer le brouillon
          </Submit>
        </Actions>
      </Form>
    </Page>
  ),
  question: (view) => (
    <Page view={view} title="Qui est votre client ?" width="narrow">
      <Form view={view} action="/galerie/saisie">
        <RadioCards
          titled
          name="kind"
          label="Qui est votre client ?"
          hint="De sa réponse dépendent le taux et le tribunal."
          value="public"
          options={[
            { value: 'business', label: 'Une entreprise', icon: 'company' },
            { value: 'public', label: 'Une administration', icon: 'publicBuyer' },
            { value: 'consumer', label: 'Un particulier', icon: 'consumer' },
          ]}
        />
        <Actions>
          <Submit>Continuer</Submit>
        </Actions>
      </Form>
    </Page>
  ),
  depot: (view) => (
    <Page view={view} title="Déposer" scripts={['drop.js']} width="narrow">
      <PageHeader title="Déposer des factures" subtitle="Quitus les lit, vous vérifiez." />
      <FileDrop
        view={view}
        name="files"
        label="Glissez vos factures ici"
        hint="PDF, XML ou CSV, plusieurs à la fois"
        action="/galerie/fichiers"
        accept=".pdf,.xml,.csv,.txt"
        maxBytes={2 * 1024 * 1024}
        submit="Lire ces factures"
      />
    </Page>
  ),
  courrier: (view) => (
    <Page view={view} title="Mise en demeure">
      <PageHeader title="Mise en demeure" subtitle="Relisez, puis téléchargez." />
      <PdfPreview title="Mise en demeure à Atelier Brume" href="/galerie/lettre.pdf" fileName="mise-en-demeure.pdf" />
    </Page>
  ),
  vide: (view) => (
    <Page view={view} title="Dossiers" width="narrow">
      <PageHeader title="Dossiers" />
      <EmptyState icon="case" title="Aucun dossier" action={<LinkButton href="/deposer">Déposer une facture</LinkButton>}>
        <p>Un dossier naît de votre première facture impayée.</p>
      </EmptyState>
    </Page>
  ),
};

export const GALLERY = ['/', ...Object.keys(PARTS).map((part) => `/galerie/${part}`)];
