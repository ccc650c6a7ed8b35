import { foldText } from './text.ts';

/**
 * Names under which money of many payers comes: payment services, factors, insurers of credit, public accountants (who pay for the
 * town halls and schools of a whole department), and banks' words for cheques. What one of their lines pays says nothing of the next.
 */
const INTERMEDIARY = new RegExp(
  `\\b(?:${[
    'STRIPE|PAYPAL|SUMUP|GOCARDLESS|MOLLIE|ADYEN|PAYPLUG|LEMONWAY|MANGOPAY|WORLDLINE|ZETTLE|SHOPIFY|SHOPPAY|KLARNA|LYDIA|PAYONEER',
    'FACTOR|FACTORING|FACTOFRANCE|EUROFACTOR|AFFACTURAGE|COFACE|ALLIANZ TRADE|EULER HERMES|ATRADIUS|CESSION DE CREANCES?',
    'DRFIP|DDFIP|DGFIP|TRESORERIE|TRESOR PUBLIC|PAIERIE|SGC|FINANCES PUBLIQUES|CARPA',
    'REMISES?|CHEQUES?|CHQS?|VIREMENTS?|ESPECES|CARTES? BANCAIRES?|TPE',
  ].join('|')})\\b`,
);

/** Whether a payer's name is that of somebody who passes on the money of others. */
export const isIntermediary = (name: string): boolean => INTERMEDIARY.test(foldText(name));
