import type { leader as zh } from '../zh-CN/leader.ts';

export const leader = {
  'leader.allOrders': 'All instructions and one-minute cards',
  'leader.confirmPaper': 'Signed on paper, to be confirmed: {deadline}',
  'leader.countedAt': 'Counted {moment}; tap a number for its source',
  'leader.draftsWaiting': 'Drafts waiting for me',
  'leader.gaps':
    '{n} period was not gathered in full; its figures are too low.|{n} periods were not gathered in full; their figures are too low.',
  'leader.giveAbout': 'Give an instruction: {about}',
  'leader.given': 'Instruction given: {text}',
  'leader.morningBrief': 'Morning brief',
  'leader.moreOrders': 'There are more: all instructions',
  'leader.noBrief':
    'No brief has been issued yet. It appears here once an analyst has made one and the director has issued it.',
  'leader.noDrafts': 'No draft waits for you.',
  'leader.noMorningBrief': 'Today’s morning brief has not been issued yet; this is the latest brief.',
  'leader.noted': 'Noted; the publicity office has been told.',
  'leader.nothingOrdered': 'No instruction is being worked on.',
  'leader.nothingWaiting': 'Nothing waits for your instruction.',
  'leader.oneTapSends': 'One tap sends; it can be withdrawn afterwards.',
  'leader.ordered': 'Instructions and what came of them',
  'leader.overdue': '{n} overdue',
  'leader.ownWords': 'In your own words',
  'leader.readReport': 'Read the report, then decide whether to close it',
  'leader.sendOwn': 'Give this instruction',
  'leader.summary': '{waiting} waiting for you · {running} in progress',
  'leader.textMissing': 'Write the instruction, or tap one of the phrases above.',
  'leader.today': 'Today',
  'leader.urgentDraft': 'Urgent',
  'leader.waiting': 'Waiting for my instruction',
  'leader.wholeBrief': 'Read all of it',
} satisfies Record<keyof typeof zh, string>;
