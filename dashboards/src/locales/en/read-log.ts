import type { readLog as zh } from '../zh-CN/read-log.ts';

export const readLog = {
  'read-log.breakLine': '{chain}, link {link}: {what} {entryId}',
  'read-log.chainBroken': 'The check of {moment} found {n} break. | The check of {moment} found {n} breaks.',
  'read-log.chainBrokenStep':
    ' The educational technology centre has to preserve the evidence and find out the cause.',
  'read-log.chainSound':
    'Checked {moment} by {name}. Records linked end to end and unchanged: {entries}; just written and not linked yet: {unlinkedTail}.',
  'read-log.chainTitle': 'Check of the chain of records',
  'read-log.export': 'Export table',
  'read-log.intro': 'Who read which original text, when and why. Ids only, no text.',
  'read-log.more': 'More',
  'read-log.neverVerified': 'Not checked yet.',
  'read-log.noReadings': 'No records.',
  'read-log.nonePointedOut': 'None.',
  'read-log.ownTitle': 'My read log',
  'read-log.personDay': '{day} {name}: texts read {texts}, decisions {actions}',
  'read-log.pointedOut': 'For the independent auditor’s attention',
  'read-log.pointedOutHelp':
    'Days of the last 7 on which someone read over {threshold} more original texts than they took decisions. Only a hint; nothing follows from it automatically.',
  'read-log.postVersion': '{postId} (version {textVersion})',
  'read-log.purpose': 'Purpose',
  'read-log.purposeErased': 'Purpose erased when its retention period ended',
  'read-log.unknownLink': '?',
  'read-log.verifyNow': 'Check now',
  'read-log.verifying': 'Checking…',
} satisfies Record<keyof typeof zh, string>;
