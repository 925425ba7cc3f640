import type { leads as zh } from '../zh-CN/leads.ts';

export const leads = {
  'leads.assessingNow': ' The system is assessing it; it appears in the review queue within seconds.',
  'leads.beingAssessed': 'Under assessment',
  'leads.chooseSource': 'Choose a source.',
  'leads.countRegistered': 'Registered',
  'leads.deadlineIncomplete': 'The deadline is incomplete.',
  'leads.documentNumber': 'Document or ticket number',
  'leads.entryCorrected': 'Entry corrected.',
  'leads.entryWithdrawn': 'Entry withdrawn.',
  'leads.lead':
    'Letters from superiors, hotline tickets, mailbox letters and links sent by people, one at a time. The system assesses each after it is registered; it is in the review queue within seconds.',
  'leads.linkHint': 'Only registered: the system does not crawl it. Do not register personal pages.',
  'leads.noDocumentNumber': '(no document number)',
  'leads.noneYet': 'No leads registered yet.',
  'leads.ofWhichWithdrawn': 'Withdrawn',
  'leads.receivedAt': 'Received at',
  'leads.receivedMissing': 'Enter when it was received.',
  'leads.recent': 'Recently registered',
  'leads.registered': 'Registered.',
  'leads.registeredBy': 'Registered {moment} by {name}',
  'leads.registering': 'Registering…',
  'leads.sameNumberCheck': '; check first whether it is the same one:',
  'leads.sameNumberEarlier':
    '{n} lead was registered earlier under the same document number; if this one is a duplicate, open its case and withdraw the entry. | {n} leads were registered earlier under the same document number; if this one is a duplicate, open its case and withdraw the entry.',
  'leads.sameNumberFound':
    '{n} lead is already registered under this document number | {n} leads are already registered under this document number',
  'leads.sourceForwardedLink': 'Link sent by someone',
  'leads.sourceHotline': '12345 hotline ticket',
  'leads.sourceLetterCall': 'Letter, visit or call',
  'leads.sourceMedia': 'Media inquiry',
  'leads.sourcePresidentBox': 'President’s mailbox',
  'leads.sourceSuperior': 'Hand-over letter from a superior',
  'leads.summary': 'Summary',
  'leads.summaryHint':
    "Write what it is about, not who said it. Nicknames and {'@'}someone are masked automatically; kept for at most 90 days.",
  'leads.summaryMasked': 'Your role sees masked text, so the summary cannot be rewritten.',
  'leads.summaryTooLong': 'The summary may have at most {longestSummary} characters; {over} too many.',
  'leads.summaryTooShort': 'Write a summary of at least 5 characters.',
  'leads.summaryWasMasked': "Nicknames or {'@'}someone in the summary have been masked.",
  'leads.superiorDeadline': 'Deadline set by the superior',
  'leads.yearTotal': '{n} lead registered in {year} | {n} leads registered in {year}',
} satisfies Record<keyof typeof zh, string>;
