import type { AdviceClaim } from '#core/advice/claim.ts';

/** What to say on the telephone: courteous, short, true. Nothing is announced that would not be done. */
export interface Script {
  readonly situation: string;
  readonly opening: string;
  readonly questions: readonly string[];
  readonly closing: string;
}

const CLOSING =
  'Reprenez ce qui est convenu (une somme, un jour, un moyen), remerciez, puis confirmez-le par courriel dans l’heure. Notez l’appel dans le dossier.';

const SCRIPTS = {
  first: {
    situation: 'Premier appel',
    opening:
      'Bonjour, je vous appelle au sujet de la facture que je vous ai envoyée. Je n’ai pas vu passer le paiement et je voulais m’assurer que tout allait bien de votre côté.',
    questions: [
      'L’avez-vous bien reçue\u202f? À qui dois-je l’adresser\u202f?',
      'Y a-t-il quelque chose à corriger\u202f: un numéro de commande, une référence\u202f?',
      'Quel jour le virement est-il prévu\u202f?',
    ],
  },
  silent: {
    situation: 'Il n’a jamais répondu',
    opening:
      'Bonjour, j’ai essayé plusieurs fois de vous joindre au sujet d’une facture restée impayée, sans réponse. Je préfère vous parler directement\u202f: que se passe-t-il\u202f?',
    questions: [
      'Y a-t-il un problème avec ce que j’ai livré\u202f?',
      'Est-ce une question de trésorerie\u202f?',
      'Un paiement en deux ou trois fois vous aiderait-il\u202f?',
      'Qui peut décider du paiement, et quand puis-je le joindre\u202f?',
    ],
  },
  promise: {
    situation: 'Il a promis, l’argent n’est pas venu',
    opening:
      'Bonjour, nous avions convenu d’une date pour cette facture. Elle est passée et je n’ai rien reçu\u202f: pouvez-vous me dire ce qui s’est passé\u202f?',
    questions: [
      'Le virement est-il parti\u202f? Si oui, quel jour\u202f?',
      'Sinon, quelle somme pouvez-vous régler aujourd’hui\u202f?',
      'Pour le reste, quelles dates êtes-vous sûr de tenir\u202f? Écrivons-les ensemble.',
    ],
  },
  plan: {
    situation: 'L’échéancier n’est plus suivi',
    opening: 'Bonjour, l’échéance prévue n’est pas arrivée. J’aimerais comprendre avant de faire quoi que ce soit.',
    questions: [
      'Est-ce un retard de quelques jours, ou une difficulté plus durable\u202f?',
      'Quel montant pouvez-vous vraiment tenir chaque mois\u202f?',
      'Pouvez-vous me le confirmer par écrit\u202f?',
    ],
  },
  dispute: {
    situation: 'Il conteste',
    opening:
      'Bonjour, vous m’avez dit ne pas être satisfait. Je voudrais d’abord vous écouter\u202f: dites-moi point par point ce qui ne convient pas.',
    questions: [
      'Qu’attendiez-vous exactement, et qu’avez-vous reçu\u202f?',
      'Qu’est-ce qui réglerait la question pour vous\u202f?',
      'Êtes-vous d’accord pour régler dès maintenant la part que vous ne contestez pas\u202f?',
      'Seriez-vous d’accord pour en parler avec un médiateur, gratuitement\u202f?',
    ],
  },
  notice: {
    situation: 'La mise en demeure est restée sans effet',
    opening:
      'Bonjour, ma lettre recommandée est restée sans réponse. Avant de choisir la suite, je préférais vous appeler\u202f: il est encore temps de s’arranger.',
    questions: [
      'Avez-vous reçu la lettre\u202f? Contestez-vous quelque chose\u202f?',
      'Que pouvez-vous régler cette semaine\u202f?',
      'Un échéancier écrit vous conviendrait-il\u202f?',
    ],
  },
} as const satisfies Record<string, Omit<Script, 'closing'>>;

const OFFERS_PLAN = /échéancier|deux ou trois fois/;

/** The script that fits where a claim stands. */
export function scriptFor({ history: h }: AdviceClaim): Script {
  const contacts = (h.emails ?? 0) + (h.calls ?? 0);
  const which =
    h.signal === 'dispute'
      ? 'dispute'
      : h.plan === 'broken'
        ? 'plan'
        : h.signal === 'promise'
          ? 'promise'
          : h.med
            ? 'notice'
            : contacts > 1
              ? 'silent'
              : 'first';
  const script = SCRIPTS[which];
  // A plan that led nowhere is not offered again in the same words.
  const questions = script.questions.filter((question) => h.plan === undefined || !OFFERS_PLAN.test(question));
  return { ...script, questions, closing: CLOSING };
}
