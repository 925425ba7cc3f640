import type { registers as zh } from '../zh-CN/registers.ts';

export const registers = {
  'registers.backToRegister': '← Register: {label}',
  'registers.confirmStep': 'Confirm: {label}',
  'registers.contactLine': 'Contact: {contact}',
  'registers.downloadFile': 'Download file (for a limited time)',
  'registers.dueBy': 'Answer by {moment}',
  'registers.noneYet': 'Nothing registered yet.',
  'registers.onBehalf': '(stand-in for {onBehalfOfName})',
  'registers.openContact': 'Open the contact (recorded)',
  'registers.overdue': ', overdue',
  'registers.registerTitle': 'Register: {label}',
  'registers.registeredAt': 'Registered {moment}',
  'registers.texts': 'Texts',
  'registers.thePublic': 'The public',
} satisfies Record<keyof typeof zh, string>;
