import type { login as zh } from '../zh-CN/login.ts';

export const login = {
  'login.accountDisabled': 'Your account is disabled. Contact the security administrator.',
  'login.cancelled': 'You cancelled at the school’s sign-in page.',
  'login.checkingCode': 'Checking…',
  'login.codesCopied': 'Copied. Paste them where only you can see them.',
  'login.codesCopyBlocked': 'The browser does not allow copying. Write the codes down or print them.',
  'login.codesKept': 'I have saved them',
  'login.confirmFactor': 'Turn on',
  'login.emergencyHint':
    'Only for designated emergency accounts while the school’s sign-in is out of service; every use is recorded.',
  'login.emergencySignIn': 'Emergency account sign-in',
  'login.enterKeyByHand': 'Cannot scan? Enter the key by hand',
  'login.expired': 'The sign-in ticket has expired. Sign in again.',
  'login.factorDue': 'Your role requires one-time codes. Set them up before {moment}.',
  'login.factorRequired':
    'Your account needs one-time codes before you can sign in. Setting them up takes about a minute.',
  'login.garbled':
    'The answer from the school’s sign-in could not be verified, so you were not signed in. Contact the system administrator.',
  'login.hidePassword': 'Hide',
  'login.keySettings': 'Choose type “time-based”, 6 digits, 30 seconds.',
  'login.later': 'Later',
  'login.misconfigured':
    'The link between the school’s sign-in and this system is set up wrongly. Contact the system administrator.',
  'login.noAccount': 'No account has been opened for you. Contact the security administrator.',
  'login.notBegunHere': 'The sign-in took too long or was not begun on this page. Sign in again.',
  'login.notMember':
    'You are not a member of the school’s WeCom, or this app is not open to you there. Contact the WeCom administrator.',
  'login.oneTimeCode': 'One-time code',
  'login.password': 'Password',
  'login.productLine': 'Public opinion review workbench',
  'login.qrCode': 'QR code for one-time codes',
  'login.readingRecorded':
    'Reading posts leaves a record: who, when and for what purpose. If you forgot your password, contact the security administrator.',
  'login.recoveryCodeField': 'Recovery code (like ABCD-EFGH-JKLM)',
  'login.recoveryCodes': 'Recovery codes',
  'login.recoveryCodesHint':
    'When your phone is not at hand, each recovery code replaces a one-time code once. They are shown only now: write them down or print them and keep them safe, not on an office computer.',
  'login.reference': 'Reference: {reference}',
  'login.resetHint':
    'If you have neither your phone nor a recovery code, ask the security administrator for a reset.',
  'login.scanHint':
    'Scan the QR code with an authenticator app on your phone (such as Tencent Authenticator, Microsoft Authenticator or FreeOTP).',
  'login.setUpFactor': 'Set up one-time codes',
  'login.setUpNow': 'Set up now',
  'login.sharedComputer': 'On a shared computer, ',
  'login.showPassword': 'Show',
  'login.signIn': 'Sign in',
  'login.signOutOfDoor': 'also sign out of {label}',
  'login.signingIn': 'Signing in…',
  'login.sixDigits': 'The 6 digits shown on your phone',
  'login.startOver': 'Start over',
  'login.subject': 'Identity given by the school: {subject}',
  'login.tooMany': 'Too many sign-in attempts from here. Try again later.',
  'login.unavailable': 'The school’s sign-in is not answering at present. Try again later.',
  'login.useOneTimeCode': 'Use the one-time code on your phone',
  'login.useRecoveryCode': 'Phone not at hand? Use a recovery code',
  'login.withDoor': 'Sign in with {label}',
  'login.withPassword': 'Sign in with account and password',
} satisfies Record<keyof typeof zh, string>;
