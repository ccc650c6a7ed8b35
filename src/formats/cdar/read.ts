import { parseDay } from '#core/kernel/day.ts';
import { ok, type Result } from '#core/kernel/result.ts';
import { amountOf } from '../text/decimal.ts';
import { sniff } from '../text/sniff.ts';
import { openXml } from '../xml/open.ts';
import { all, first, value, type XmlNode } from '../xml/tree.ts';
import { refuseStatus } from './refusals.ts';
import type { InvoiceStatus, StatusAmount, StatusParty, StatusReason } from './status.ts';
import { statusOf } from './statuses.ts';

/** What a message may cost at most; the longest seen is of 8 000 bytes. */
export const STATUS_LIMITS = { maxBytes: 5_000_000, maxXmlDepth: 40, maxXmlElements: 100_000 };

const ROOT = 'CrossDomainAcknowledgementAndResponse';
const NAMESPACE = /^urn:un:unece:uncefact:data:standard:CrossDomainAcknowledgementAndResponse:\d+$/;
const PHASES: Readonly<Record<string, InvoiceStatus['phase']>> = { '305': 'transmission', '23': 'treatment' };

/** Whether a file is a life-cycle message, told from its first bytes: it is then read as one, whatever its name. */
export function looksLikeStatus(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(8192, bytes.length)).toString('latin1').replaceAll('\0', '');
  return /<(?:[\w.-]+:)?CrossDomainAcknowledgementAndResponse[\s>/]/.test(head);
}

/** Raised by the parts of this file for a value that cannot be read; `readStatusFile` makes a refusal of it. */
class BadValue extends Error {
  readonly data: Readonly<Record<string, unknown>>;

  constructor(field: string, written: string, expected: string) {
    super(field);
    this.data = { field, value: written, expected };
  }
}

/** A date and time of UN/CEFACT: format 102 is a day, 203 and 204 add hours, minutes and seconds. The time has no zone: it is kept as written. */
function moment(node: XmlNode | undefined, field: string): string | null {
  const written = value(node, 'DateTimeString');
  if (written === null) return null;
  const m = /^(\d{4})(\d\d)(\d\d)(?:([01]\d|2[0-3])([0-5]\d)([0-5]\d)?)?$/.exec(written);
  const day = m ? parseDay(`${m[1]}-${m[2]}-${m[3]}`) : undefined;
  if (!m || !day) throw new BadValue(field, written, 'une date AAAAMMJJ, suivie ou non de l’heure, était attendue');
  return m[4] ? `${day}T${m[4]}:${m[5]}:${m[6] ?? '00'}` : day.toString();
}

function party(node: XmlNode | undefined): StatusParty | null {
  if (!node) return null;
  const id = first(node, 'GlobalID') ?? first(node, 'ID');
  const found: StatusParty = {
    id: value(node, 'GlobalID') ?? value(node, 'ID'),
    scheme: id?.attributes.schemeID ?? null,
    name: value(node, 'Name'),
    role: value(node, 'RoleCode'),
    address: value(node, 'URIUniversalCommunication/URIID'),
  };
  return Object.values(found).every((v) => v === null) ? null : found;
}

function reason(node: XmlNode): StatusReason | null {
  const found: StatusReason = {
    code: value(node, 'ReasonCode'),
    text: value(node, 'Reason'),
    actionCode: value(node, 'RequestedActionCode'),
    action: value(node, 'RequestedAction'),
    fields: all(node, 'SpecifiedDocumentCharacteristic').flatMap((c) => value(c, 'ID') ?? []),
  };
  return found.code || found.text || found.action || found.actionCode ? found : null;
}

function amounts(node: XmlNode): StatusAmount[] {
  return all(node, 'SpecifiedDocumentStatus/SpecifiedDocumentCharacteristic').flatMap((c) =>
    all(c, 'ValueAmount').map((amount) => {
      const written = amount.text.trim();
      if (amountOf(written) === undefined) throw new BadValue('le montant', written, 'un nombre décimal était attendu');
      return {
        type: value(c, 'TypeCode'),
        amount: written,
        currency: amount.attributes.currencyID ?? null,
        vatPercent: value(c, 'ValuePercent'),
      };
    }),
  );
}

/** The status of one invoice, or what the message lacks to be about one. */
function statusOfInvoice(
  document: XmlNode,
  acknowledged: XmlNode,
  message: MessageFacts,
): InvoiceStatus | { readonly missing: string } {
  const number = value(document, 'IssuerAssignedID');
  const code = value(document, 'ProcessConditionCode');
  if (number === null) return { missing: 'de quelle facture il parle' };
  if (code === null) return { missing: `quel est le statut de la facture ${number}` };
  const phaseCode = value(acknowledged, 'TypeCode');
  return {
    ...message,
    phase: PHASES[phaseCode ?? ''] ?? null,
    status: code,
    ...statusOf(code, value(document, 'ProcessCondition')),
    writtenLabel: value(document, 'ProcessCondition'),
    documentStatusCode: value(document, 'StatusCode'),
    statusAt: moment(first(acknowledged, 'IssueDateTime'), 'la date du statut'),
    invoice: {
      number,
      typeCode: value(document, 'TypeCode'),
      issuedOn: moment(first(document, 'FormattedIssueDateTime'), 'la date de la facture')?.slice(0, 10) ?? null,
      receivedAt: moment(first(document, 'ReceiptDateTime'), 'la date de réception'),
      issuer: party(first(document, 'IssuerTradeParty')),
    },
    reasons: all(document, 'SpecifiedDocumentStatus').flatMap((node) => reason(node) ?? []),
    amounts: amounts(document),
  };
}

type MessageFacts = Pick<
  InvoiceStatus,
  'messageId' | 'messageName' | 'issuedAt' | 'profile' | 'process' | 'sender' | 'issuer' | 'recipients'
>;

function messageFacts(root: XmlNode): MessageFacts {
  const context = first(root, 'ExchangedDocumentContext');
  const message = first(root, 'ExchangedDocument');
  return {
    messageId: value(message, 'ID'),
    messageName: value(message, 'Name'),
    issuedAt: moment(first(message, 'IssueDateTime'), 'la date du message'),
    profile: value(context, 'GuidelineSpecifiedDocumentContextParameter/ID'),
    process: value(context, 'BusinessProcessSpecifiedDocumentContextParameter/ID'),
    sender: party(first(message, 'SenderTradeParty')),
    issuer: party(first(message, 'IssuerTradeParty')),
    recipients: all(message, 'RecipientTradeParty').flatMap((node) => party(node) ?? []),
  };
}

function readMessage(root: XmlNode, file: string): Result<readonly InvoiceStatus[]> {
  const message = messageFacts(root);
  const statuses: InvoiceStatus[] = [];
  for (const acknowledged of all(root, 'AcknowledgementDocument')) {
    for (const document of all(acknowledged, 'ReferenceReferencedDocument')) {
      const status = statusOfInvoice(document, acknowledged, message);
      if ('missing' in status) return refuseStatus('status-incomplete', file, status);
      statuses.push(status);
    }
  }
  return statuses.length > 0 ? ok(statuses) : refuseStatus('status-incomplete', file, { missing: 'de quelle facture il parle' });
}

/**
 * Reads a life-cycle message (CDAR, "CDV") of French e-invoicing: one status for each invoice it speaks of. Nothing is fetched and nothing
 * thrown for a bad file: it is refused, with one of the codes of docs/reference/errors.md.
 */
export async function readStatusFile(bytes: Uint8Array, name: string): Promise<Result<readonly InvoiceStatus[]>> {
  if (bytes.length > STATUS_LIMITS.maxBytes) {
    return refuseStatus('too-large', name, { what: 'il', size: bytes.length, limit: STATUS_LIMITS.maxBytes });
  }
  const kind = sniff(bytes, name);
  if (kind === 'empty') return refuseStatus('empty-file', name);
  if (kind !== 'xml') {
    const advice = 'Déposez le message XML que votre plateforme a envoyé.';
    return refuseStatus('unsupported-type', name, { found: 'un fichier d’une autre sorte qu’un XML', advice });
  }
  const opened = openXml(bytes, STATUS_LIMITS);
  if ('problem' in opened) {
    const { maxXmlDepth, maxXmlElements } = STATUS_LIMITS;
    const limit = opened.problem === 'too-deep' ? maxXmlDepth : maxXmlElements;
    return refuseStatus(`xml-${opened.problem}`, name, { limit, ...(opened.line ? { line: opened.line } : {}) });
  }
  const { root } = opened;
  if (root.name !== ROOT || !NAMESPACE.test(root.namespace)) {
    const isInvoice = /^(CrossIndustryInvoice|Invoice|CreditNote)$/.test(root.name);
    return refuseStatus('not-a-status', name, {
      found: isInvoice ? 'une facture' : `un XML d’une autre sorte (racine « ${root.name} »)`,
      advice: isInvoice ? 'Déposez-le parmi les factures.' : 'Déposez le message que votre plateforme a envoyé.',
      root: root.name,
    });
  }
  try {
    return readMessage(root, name);
  } catch (error) {
    if (error instanceof BadValue) return refuseStatus('status-bad-value', name, error.data);
    throw error;
  }
}
