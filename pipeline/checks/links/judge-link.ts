import type { CheckLevel } from '../../domain/check.ts';
import {
  dangerousWords,
  harmlessWords,
  isBelow,
  outOfReach,
  personalDrives,
  shortLinks,
} from './link-hosts.ts';

export interface LinkTrouble {
  rule: string;
  level: CheckLevel;
  message: string;
}

const trouble = (level: CheckLevel, rule: string, message: string): LinkTrouble => ({ level, rule, message });

const privateAddress =
  /^(?:localhost|.*\.(?:localhost|local|lan|internal|intranet|home\.arpa)|0\.0\.0\.0|127\..*|10\..*|192\.168\..*|169\.254\..*|172\.(?:1[6-9]|2\d|3[01])\..*|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\..*|\[(?:::1?|f[cd].*|fe[89ab].*)\])$/;
const vpnHost = /^(?:web)?vpn\d*\.|\.webvpn\d*\.|^(?:ssl|easy)connect\./;
const addressHost = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[.*\])$/;

function judgePlace(host: string): LinkTrouble[] {
  if (privateAddress.test(host) || !(host.includes('.') || host.includes(':')))
    return [trouble('warn', 'private-address', '指向本机或内网地址，校外读者打不开。')];
  if (vpnHost.test(host))
    return [trouble('warn', 'vpn-address', '指向 VPN 里的地址，没有账号的读者打不开；请换成公网地址。')];
  if (addressHost.test(host))
    return [trouble('warn', 'ip-address', '用的是 IP 地址，读者无法辨认是谁的网站；请换成域名。')];
  return [];
}

/** Of WeChat and QQ: what leads to a person, to a group, or ends by itself. */
function judgePlatform({ hostname: host, pathname, searchParams }: URL): LinkTrouble[] {
  if (host === 'u.wechat.com')
    return [
      trouble(
        'warn',
        'personal-account',
        '是个人微信的二维码或链接；请换成公众号或单位账号，个人的须经本人同意。',
      ),
    ];
  if (
    (host === 'weixin.qq.com' && pathname.startsWith('/g/')) ||
    (host === 'work.weixin.qq.com' && pathname.startsWith('/gm/'))
  )
    return [
      trouble(
        'warn',
        'group-invitation',
        '是微信群邀请，七天后失效，且任何人可以进群；请换成长期有效的渠道。',
      ),
    ];
  if (['qm.qq.com', 'jq.qq.com'].includes(host))
    return [
      trouble('warn', 'group-invitation', '是 QQ 群或个人 QQ 的邀请，任何人可以进入；请确认可以公开。'),
    ];
  if (host === 'mp.weixin.qq.com' && searchParams.has('tempkey'))
    return [
      trouble('warn', 'preview-link', '是公众号文章的临时预览链接，很快失效；请换成正式发布后的链接。'),
    ];
  return [];
}

function judgeKind(url: URL): LinkTrouble[] {
  const host = url.hostname;
  if (isBelow(host, shortLinks))
    return [
      trouble('warn', 'short-link', '是短链接，看不出通往哪里，所通往的内容也可能被更换；请换成原始链接。'),
    ];
  if (isBelow(host, personalDrives))
    return [trouble('warn', 'personal-drive', '是个人网盘的分享，可能失效或被更换；请把文件作为附件上传。')];
  if (isBelow(host, outOfReach))
    return [trouble('warn', 'out-of-reach', '是境外网站，读者多数打不开；请换成境内可以访问的来源。')];
  return judgePlatform(url);
}

/** Signs that are taken for one another. */
const lookAlike = (label: string) =>
  label
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replace(/[1|]/g, 'l')
    .replaceAll('0', 'o')
    .replaceAll('-', '');
const fewestSigns = 5;
const suffix = /\.(?:edu|ac|com|org|net|gov)\.[a-z]{2}$|\.[a-z]{2,}$/;

/** canglan of news.canglan.edu.cn. */
function ownLabel(host: string): string | null {
  const bare = host.replace(suffix, '');
  const label = bare.split('.').at(-1) ?? '';
  return label.length >= fewestSigns ? label : null;
}

/** The name of the school in a host that is not the school's. */
function imitates(host: string, hosts: readonly string[]): boolean {
  const domains = hosts.flatMap((one) => {
    const label = ownLabel(one);
    const end = suffix.exec(one)?.[0] ?? '';
    return label === null ? [] : [{ label, domain: `${label}${end}` }];
  });
  if (domains.some(({ domain }) => host === domain || host.endsWith(`.${domain}`))) return false;
  const labels = host.split('.').map(lookAlike);
  return domains.some(({ label }) => {
    const own = lookAlike(label);
    return labels.some(
      (one) => one === own || one === `${own}edu` || one === `${own}educn` || one === `www${own}`,
    );
  });
}

function judgeDanger(url: URL, hosts: readonly string[]): LinkTrouble[] {
  const host = url.hostname;
  if (url.username !== '' || imitates(host, hosts))
    return [trouble('block', 'look-alike', `网址“${host}”冒充本校或隐藏了真正的去向，可能是钓鱼网站。`)];
  const words = host.split(/[.-]/).filter((word) => !harmlessWords.test(word));
  if (words.some((word) => dangerousWords.test(word)))
    return [trouble('block', 'dangerous', `网址“${host}”疑似博彩、色情网站。`)];
  return [];
}

/**
 * What is wrong with leading a reader there, told by the address alone; nothing for what is no address of the web.
 * @param hosts the school's own
 */
export function judgeLink(href: string, hosts: readonly string[]): LinkTrouble[] {
  const scheme = /^\s*([a-z][a-z0-9+.-]*):/i.exec(href)?.[1]?.toLowerCase() ?? '';
  if (['javascript', 'vbscript', 'data'].includes(scheme))
    return [trouble('block', 'script', '链接里是脚本，不是网址。')];
  if (scheme === 'file' || /^(?:[a-z]:\\|\\\\)/i.test(href))
    return [trouble('block', 'file-path', '链接指向某台电脑上的文件，读者打不开；请作为附件上传。')];
  if (!['http', 'https'].includes(scheme)) return [];
  if (!URL.canParse(href)) return [trouble('warn', 'malformed', '网址不完整或写错了。')];
  const url = new URL(href);
  const dangers = judgeDanger(url, hosts);
  if (dangers.length > 0) return dangers;
  const places = judgePlace(url.hostname);
  return places.length > 0 ? places : judgeKind(url);
}
