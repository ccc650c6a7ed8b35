import { fr } from '#core/letters/typography.ts';
import type { RuleGuide } from './guide.ts';

/** What papers must say, and taxes (law sheet, sections 7, 11.1, 12 and 14). */
export const documentGuides: Readonly<Record<string, RuleGuide>> = {
  'mandatory-mentions': {
    says: [
      fr`Chaque document a ses mentions : obligatoires parce qu'un texte l'exige, ou conseillées parce qu'elles évitent une discussion. La loi n'impose aucune liste pour une mise en demeure : une interpellation suffisante, sans imiter un papier officiel.`,
    ],
  },
  'e-invoicing-calendar': {
    says: [
      fr`Toutes les entreprises doivent pouvoir recevoir des factures électroniques depuis le 1er septembre 2026. Les grandes et les moyennes doivent aussi en émettre depuis ce jour, les petites et les micro-entreprises un an plus tard. Les statuts échangés (déposée, rejetée, refusée, payée) prouvent la réception ou le refus.`,
    ],
    dates: [
      { on: '2026-09-01', says: fr`Recevoir : toutes. Émettre : grandes et moyennes.` },
      { on: '2027-09-01', says: fr`Émettre : petites et micro-entreprises.` },
    ],
  },
  'vat-on-compensation': {
    says: [fr`Les pénalités de retard et les 40 € réparent le retard : ils ne sont pas le prix d'un service, donc sans TVA.`],
  },
  'vat-recovery': {
    says: [
      fr`La TVA d'une facture définitivement impayée se récupère : tout de suite à partir du jugement de liquidation, sinon sur preuve (exécution sans résultat, disparition, certificat du liquidateur). Il faut envoyer au client un duplicata de la facture disant que le prix reste impayé et qu'il doit reverser sa déduction.`,
      fr`En comptabilité, la créance passe aux clients douteux (416), puis en perte (654) pour le hors taxe. Une prestation taxée à l'encaissement n'a jamais donné lieu à TVA : rien à récupérer.`,
    ],
  },
};
