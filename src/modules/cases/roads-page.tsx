import { fr } from '#core/letters/typography.ts';
import { Card, Cites, LinkButton, PageHeader } from '#ui/components/index.ts';
import { longDay } from '#ui/format.ts';
import type { IconName } from '#ui/icons.tsx';
import { Page } from '#ui/layout.tsx';
import type { Children, ViewContext } from '#ui/view.ts';
import { actionPath, casePath, noticePath } from './paths.ts';
import type { CaseView } from './views.ts';

interface Road {
  readonly icon: IconName;
  readonly title: string;
  readonly text: Children;
  readonly link?: { readonly href: string; readonly label: string };
}

/** What the page says of the moment: it is looked at before the notice ran out, too. */
function momentOf({ id, state }: CaseView): { readonly title: string; readonly subtitle: Children; readonly early: boolean } {
  const order = 'De la voie la plus légère à la plus lourde.';
  if (state.stage === 'notice-expired')
    return {
      title: fr`Le délai est passé : que faire maintenant ?`,
      subtitle: `${order} Rien ne presse au point de sauter une étape utile.`,
      early: false,
    };
  const running = state.stage === 'notice-running' && state.deadline;
  return {
    title: fr`Quelles voies s'ouvriront ensuite ?`,
    subtitle: running ? (
      fr`Le délai de votre lettre court jusqu'au ${longDay(running)} : attendez-le. Voici ce qui vient après, ${order.toLowerCase()}`
    ) : (
      <>
        La voie utile, d’habitude, commence par <a href={noticePath(id)}>la mise en demeure</a>. {order}
      </>
    ),
    early: true,
  };
}

/** The notice brought nothing: the roads that are open, from the lightest to the heaviest. */
export function RoadsPage({ view, of }: { view: ViewContext; of: CaseView }) {
  const { title, subtitle, early } = momentOf(of);
  return (
    <Page view={view} title={early ? 'Ce qui vient ensuite' : 'Choisir la suite'} width="narrow">
      <PageHeader
        title={title}
        subtitle={subtitle}
        back={{ href: casePath(of.id), label: `${of.party.name}, ${of.reference}` }}
      />
      <div class="q-stack">
        {roadsOf(of, early).map(({ icon, title, text, link }) => (
          <Card title={title} icon={icon}>
            {text}
            {link && (
              <p class="q-actions">
                <LinkButton href={link.href} weight="plain">
                  {link.label}
                </LinkButton>
              </p>
            )}
          </Card>
        ))}
      </div>
    </Page>
  );
}

function roadsOf(of: CaseView, early: boolean): Road[] {
  const { kind } = of.party;
  return [
    {
      icon: 'phone',
      title: early ? 'Appeler' : 'Rappeler une dernière fois',
      text: (
        <p>
          {!early && 'La lettre a pu débloquer les choses. '}Un appel ne coûte rien, et dit si le silence cache une difficulté.
        </p>
      ),
      link: { href: actionPath(of.id, 'contact'), label: 'Noter cet échange' },
    },
    {
      icon: 'plan',
      title: 'Convenir d’un échéancier',
      text: <p>Deux ou trois versements signés valent souvent mieux qu’un procès. Un échéancier signé reconnaît la dette.</p>,
      link: { href: actionPath(of.id, 'plan'), label: 'Noter un échéancier' },
    },
    ...(kind === 'public' ? [] : [mediation(kind)]),
    court(kind),
    ...(early ? [] : [newLetter(of.id)]),
    {
      icon: 'lock',
      title: 'S’arrêter là',
      text: (
        <p>Quand la somme ne vaut plus le temps passé, fermer est une décision comme une autre. Le dossier reste consultable.</p>
      ),
      link: { href: actionPath(of.id, 'close'), label: 'Fermer le dossier' },
    },
  ];
}

const newLetter = (caseId: string): Road => ({
  icon: 'letter',
  title: 'Écrire une nouvelle mise en demeure',
  text: <p>Utile si l’adresse était fausse, ou si d’autres factures sont échues depuis. Le décompte repart à jour.</p>,
  link: { href: noticePath(caseId), label: 'Préparer une autre lettre' },
});

function mediation(kind: 'business' | 'consumer'): Road {
  return {
    icon: 'promise',
    title: kind === 'business' ? 'Demander une médiation' : 'Demander une conciliation',
    text:
      kind === 'business' ? (
        <p>
          Le Médiateur des entreprises est gratuit et confidentiel, et répond sous sept jours. Il n’intervient pas si votre client
          est en procédure collective.
        </p>
      ) : (
        <p>Le conciliateur de justice est gratuit et reçoit les deux parties, quel que soit le montant.</p>
      ),
  };
}

function court(kind: CaseView['party']['kind']): Road {
  if (kind === 'public') {
    return {
      icon: 'law',
      title: 'Saisir le juge administratif',
      text: (
        <p>{fr`L'injonction de payer ne convient pas contre un acheteur public : le juge est en principe le tribunal administratif. Faites-vous aider, Quitus ne prépare pas ce recours.`}</p>
      ),
    };
  }
  return {
    icon: 'law',
    title: 'Demander une injonction de payer',
    text: (
      <>
        <p>
          Une requête écrite, sans audience, au tribunal du domicile de votre client, avec le décompte et les pièces. Elle
          convient quand la dette n’est pas sérieusement contestée. <Cites keys={['cpc-1405', 'cpc-1406']} />
        </p>
        <p>
          Quitus ne prépare pas encore la requête&#8239;: le décompte et la lettre de ce dossier en sont les premières pièces.
        </p>
      </>
    ),
  };
}
