import { InvalidInput } from '../domain/errors.ts';

const minLength = 12;
const minDistinct = 5;
const maxLength = 256;

/** Words that people build a long but guessable password from: what is left without digits and signs is compared. */
const commonRoots = new Set([
  'password',
  'passw',
  'passwd',
  'qwerty',
  'qwertyuiop',
  'qwertyuiopasdfgh',
  'asdfghjkl',
  'asdfghjklzxcvbnm',
  'zxcvbnm',
  'qazwsxedc',
  'qazwsxedcrfv',
  'abcdefghijkl',
  'abcdefghijklmn',
  'admin',
  'administrator',
  'adminadmin',
  'letmein',
  'letmeinplease',
  'welcome',
  'iloveyou',
  'woaini',
  'woainiwoaini',
  'guanlan',
  'guanlanguanlan',
  'xuanchuanbu',
  'yuqing',
  'yuqingjiankong',
  'changeme',
  'changemenow',
  'test',
  'testtest',
  'root',
  'user',
  'passwordpassword',
]);

const runs = '01234567890123456789 98765432109876543210 abcdefghijklmnopqrstuvwxyz 14725836901472583690';

function isGuessable(password: string): boolean {
  const folded = password.toLowerCase();
  const letters = folded.replace(/[^a-z]/g, '');
  if (new Set(folded).size < minDistinct) return true;
  if (runs.split(' ').some((run) => run.includes(folded))) return true;
  return /^[\x20-\x7e]*$/.test(folded) && letters !== '' && commonRoots.has(letters);
}

/**
 * @param field the name of the request's field, for the message
 * @throws InvalidInput with what to change
 */
export function assertPassword(password: string, login: string, field: string): void {
  const length = [...password].length;
  if (length < minLength) {
    throw new InvalidInput(field, `密码至少 ${minLength} 个字符。`, '可以用几个互不相干的词连成一句。');
  }
  if (length > maxLength) throw new InvalidInput(field, `密码最多 ${maxLength} 个字符。`);
  if (password.toLowerCase().includes(login.toLowerCase())) {
    throw new InvalidInput(field, '密码里不能含有账号。', '请换一个与账号无关的密码。');
  }
  if (isGuessable(password)) {
    throw new InvalidInput(field, '这个密码太容易猜到。', '不要用常见词加数字、连续数字或重复字符。');
  }
}
