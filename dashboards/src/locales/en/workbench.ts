import type { workbench as zh } from '../zh-CN/workbench.ts';

export const workbench = {
  'workbench.backToText': 'Back to text',
  'workbench.caseActions': 'Case actions',
  'workbench.chooseAnother': 'Choose another',
  'workbench.confirm': 'Confirm',
  'workbench.decide': 'Decide',
  'workbench.dismissToast': 'Dismiss message',
  'workbench.idleSignOut':
    'Signed out for safety after {n} minute without activity. | Signed out for safety after {n} minutes without activity.',
  'workbench.keyCancel': 'Drop the decision being made',
  'workbench.keyChangeReason': 'Change the reason (or press the letter beside it)',
  'workbench.keyConfirm': 'Confirm and open the next',
  'workbench.keyHelp': 'Open this list',
  'workbench.keyNote': 'Write a note; in the note, Ctrl + Enter submits',
  'workbench.keyPickDecision': 'Choose a decision; its usual reason is already picked',
  'workbench.keySelect': 'Select this one for bulk handling (Shift + click selects a range)',
  'workbench.keyUndo': 'Undo the last decision (within 10 seconds)',
  'workbench.keys': 'Keys',
  'workbench.keysHint':
    'The keys do nothing while you type in a field or an input method is choosing characters.',
  'workbench.list': 'List',
  'workbench.next': 'Next',
  'workbench.offline':
    'The network is down: what is open can be read, but decisions have to wait until it is back.',
  'workbench.oneMinuteCard': 'One-minute card: submit to leaders',
  'workbench.pages': 'Pages',
  'workbench.previous': 'Previous',
  'workbench.queueTitle': '{queue}{waiting} · Guanlan',
  'workbench.signOut': 'Sign out',
  'workbench.standInUntil': 'Until {until}',
  'workbench.standingInFor': 'Standing in for {name}',
  'workbench.title': 'Guanlan · Workbench',
  'workbench.undo': 'Undo',
  'workbench.waitingCount': ' ({n})',
} satisfies Record<keyof typeof zh, string>;
