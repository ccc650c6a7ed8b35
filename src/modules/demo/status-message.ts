import type { Day } from '#core/kernel/day.ts';
import { DEMO_COMPANY } from './company.ts';
import type { StoryStatus } from './story-model.ts';
import { leaf, node, open } from './xml.ts';

const NAMESPACES = {
  'xmlns:rsm': 'urn:un:unece:uncefact:data:standard:CrossDomainAcknowledgementAndResponse:100',
  'xmlns:ram': 'urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100',
  'xmlns:udt': 'urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100',
  'xmlns:qdt': 'urn:un:unece:uncefact:data:standard:QualifiedDataType:100',
};

/** The invoice that a message speaks of. */
interface Spoken {
  readonly number: string;
  readonly issuedOn: Day;
}

const bare = (of: Day): string => of.toString().replaceAll('-', '');

/** What a platform keeps of an invoice's life, as the life-cycle message (CDAR) that it gives out: a status at half past nine of each of its days. */
export function statusMessage(
  { number, issuedOn }: Spoken,
  statuses: readonly (Omit<StoryStatus, 'on'> & { on: Day })[],
): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${open('rsm:CrossDomainAcknowledgementAndResponse', NAMESPACES)}${[
    node('rsm:ExchangedDocument', leaf('ram:ID', `cycle-de-vie-${number}`)),
    ...statuses.map(({ on, code, label, reason, action }) =>
      node(
        'rsm:AcknowledgementDocument',
        leaf('ram:TypeCode', '23'),
        node('ram:IssueDateTime', leaf('udt:DateTimeString', `${bare(on)}093000`, { format: '204' })),
        node(
          'ram:ReferenceReferencedDocument',
          leaf('ram:IssuerAssignedID', number),
          leaf('ram:TypeCode', '380'),
          node('ram:FormattedIssueDateTime', leaf('qdt:DateTimeString', bare(issuedOn), { format: '102' })),
          leaf('ram:ProcessConditionCode', code),
          leaf('ram:ProcessCondition', label),
          node('ram:IssuerTradeParty', leaf('ram:GlobalID', DEMO_COMPANY.siren, { schemeID: '0002' })),
          node('ram:SpecifiedDocumentStatus', leaf('ram:Reason', reason), leaf('ram:RequestedAction', action)),
        ),
      ),
    ),
  ].join('')}</rsm:CrossDomainAcknowledgementAndResponse>\n`;
}
