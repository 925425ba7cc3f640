import type { account as zh } from '../zh-CN/account.ts';

export const account = {
  'account.awayHelp':
    'Choose a colleague of your unit to act for you on these days. It ends by itself after the last day and can be ended earlier at any time. Roles that you hold as a stand-in cannot be passed on.',
  'account.awayTitle': 'I will be away for some days',
  'account.basics': 'Basic details',
  'account.changePassword': 'Change password',
  'account.changePhone': 'Change phone',
  'account.changing': 'Changing…',
  'account.correctionHelp':
    'If something is wrong, ask the security administrator to correct it; you cannot change your own roles and unit.',
  'account.currentPassword': 'Current password',
  'account.endOthers': 'Sign out everywhere else',
  'account.factor': 'One-time codes',
  'account.factorDemanded':
    'Your role requires one-time codes. Set them up before {moment}; after that you will be asked to do so when signing in.',
  'account.factorDone': 'One-time codes are turned on; you are signed out on your other devices.',
  'account.factorIsOff': 'Turned off. Once they are on, nobody can sign in with your password alone.',
  'account.factorIsOn':
    'Turned on. When signing in with a password you also enter the 6 digits shown on your phone. Recovery codes left: {recoveryLeft}.',
  'account.factorOff': 'One-time codes are turned off.',
  'account.makeCodes': 'Make new recovery codes',
  'account.newPassword': 'New password',
  'account.next': 'Next',
  'account.noColleagues':
    'There is no other colleague in your unit; ask the security administrator to arrange it.',
  'account.noQueue': '{title}. {text}',
  'account.notSet': 'Not set',
  'account.oldPhoneCode': 'The 6 digits shown on your old phone, or a recovery code',
  'account.othersEnded': 'Signed out everywhere else.',
  'account.passwordChanged': 'Password changed; you are signed out on your other devices.',
  'account.passwordFirst': 'Enter your current password first',
  'account.passwordRules':
    'At least 12 characters, without the account name; a few unrelated words in a row will do.',
  'account.passwordsDiffer': 'The two new passwords differ.',
  'account.phoneCode': 'The 6 digits shown on your phone',
  'account.renewCodes': 'Make new recovery codes',
  'account.repeatPassword': 'Repeat the new password',
  'account.roles': 'Roles',
  'account.sessionEnded': 'Signed out there.',
  'account.sessions': 'Devices signed in',
  'account.sessionsHelp': 'If you do not know a device, sign it out and change your password.',
  'account.setOwnPassword': 'Set your own password first',
  'account.setOwnPasswordHelp':
    'Your present password is the first password given by the administrator. Change it to one that only you know before you go on.',
  'account.setUpFactor': 'Set up one-time codes',
  'account.standInArranged': 'Stand-in arranged.',
  'account.standInEnded': 'Stand-in ended.',
  'account.standInLine': '{name}: {roles}, until {lastDay}',
  'account.standIns': 'Stand-ins',
  'account.standingInFor': 'Standing in for',
  'account.standInsForMe': 'Standing in for me',
  'account.standInsByMe': 'I stand in for',
} satisfies Record<keyof typeof zh, string>;
