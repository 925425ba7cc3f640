import { Chance } from '../chance.ts';
import { listed, pick } from './fill.ts';

const places = listed('北京 上海 杭州 成都 武汉 南京 广州 深圳 西安 重庆');
const surnames = listed('王 李 张 刘 陈 杨 赵 黄 周 吴');
const links = listed(
  'http://t.cn/Rx0aB1 wap.icbc-x.com www.jf95.cc dwz.cn/3kQp1 http://xk88.vip hb.cn/a1b t.im/9xz',
);
const signs = listed('， ， 。 ！ ； ,');

function digits(count: number, chance: Chance): string {
  return Array.from({ length: count }, () => String(Math.floor(chance.next() * 10))).join('');
}

function stand(word: string, chance: Chance): string | null {
  if (word.startsWith('URL')) return pick(links, chance) + word.slice(3).replace(/[A-Z]+/g, '');
  if (word.startsWith('CELLPHONE')) return `1${pick(['3', '5', '7', '8'], chance)}${digits(9, chance)}`;
  if (word.startsWith('PHONE') || word === 'HOTLINE')
    return pick([`400${digits(7, chance)}`, `0571-${digits(8, chance)}`], chance);
  if (word === 'DIGIT') return digits(1 + Math.floor(chance.next() * 4), chance);
  if (word === 'PLACE') return pick(places, chance);
  if (word === 'NAME') return pick(surnames, chance);
  if (word === 'WECHAT') return `微信${pick(['', ' wx', '：vx'], chance)}${digits(5, chance)}`;
  if (word === 'QQ') return `QQ${digits(8, chance)}`;
  return word === 'BANK' ? digits(16, chance) : null;
}

const isHanWord = (word: string): boolean => /^\p{Script=Han}+$/u.test(word);

/**
 * A message of the collection as a phone shows it. There, words stand apart, marks are lost, and numbers, links and names
 * have given way to names of their kinds; a model that only knew this form would know nothing of real messages.
 */
export function asReceived(collected: string, seed: number): string {
  const chance = new Chance(seed);
  let text = '';
  let before = '';
  for (const word of collected.split(/\s+/)) {
    const put = stand(word, chance) ?? word;
    if (text !== '' && chance.next() < 0.1) text += pick(signs, chance);
    else if (text !== '' && !isHanWord(put) && !isHanWord(before) && chance.next() < 0.6) text += ' ';
    text += put;
    before = put;
  }
  return text;
}
