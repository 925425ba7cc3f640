/** Hosts by what is wrong with leading readers there. A name stands for itself and everything below it. */

export const shortLinks =
  't.cn url.cn w.url.cn dwz.cn dwz.win dwz.date suo.im suo.nz suo.yt mrw.so 985.so sourl.cn rrd.me c.kg u.nu m6z.cn t.co bit.ly tinyurl.com goo.gl is.gd ow.ly cutt.ly rb.gy s.id 3.cn 6du.in'.split(
    ' ',
  );

export const personalDrives =
  'pan.baidu.com yun.baidu.com pan.quark.cn aliyundrive.com alipan.com 115.com anxia.com lanzou.com lanzoui.com lanzoux.com lanzouw.com lanzoub.com share.weiyun.com weiyun.com cloud.189.cn caiyun.139.com yun.139.com pan.xunlei.com 123pan.com ctfile.com drive.google.com dropbox.com onedrive.live.com 1drv.ms wetransfer.com'.split(
    ' ',
  );

/** Not to be reached from the mainland, or not without more. */
export const outOfReach =
  'google.com google.com.hk youtube.com youtu.be facebook.com twitter.com x.com instagram.com t.me telegram.org telegram.me wikipedia.org whatsapp.com wa.me discord.com discord.gg reddit.com medium.com blogspot.com tumblr.com pinterest.com vimeo.com soundcloud.com twitch.tv'.split(
    ' ',
  );

/** Whole words of a host name, between its dots and hyphens. */
export const dangerousWords =
  /^(?:casino\w*|\w*casino|bet(?:\d{2,}|way|win|fair|victor)|\d{2,}bet|w88|188bet|bbin|bocai\w*|caipiao\w*|\w*caipiao|6?hecai|liuhecai|yabo\w*|kaiyun\w*|leyu(?:sports)?\d*|bob(?:sports|tiyu)|baijiale|dubo\w*|qipai\d*|poker(?:stars)?\d*|baccarat|jackpot|slot(?:s|game)?\d*|hg\d{4}|ag8\d*|mg(?:dz)|pj\d{4,}|xpj\d*|amxpj|jbo\d*|porn\w*|\w*porn|xxx|xvideos|xnxx|avtt\w*|91porn|sexy?\w{0,3}|hentai|seqing\w*|huangse\w*|chengren\w*|\w*luntan18)$/;
/** What a word in the name of a real place looks like one of those. */
export const harmlessWords = /^(?:sexual(?:health)?|sexton)$/;

export function isBelow(host: string, names: readonly string[]): boolean {
  return names.some((name) => host === name || host.endsWith(`.${name}`));
}
