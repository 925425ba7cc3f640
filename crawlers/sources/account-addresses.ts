/** What an address goes on with: up to a blank, a Han character or a closing mark. */
const rest = '[^\\s\\p{Script=Han}，。、；！？）】》”’"\'<>]*';
const scheme = '(?:https?:)?(?:\\/\\/)?';

/** Addresses that begin with somebody's account: its own page, or what it wrote. */
const forms = [
  `${scheme}(?:(?:www|m|e|d|photo)\\.)?weibo\\.(?:com|cn)\\/(?:(?:u|n|p|profile)\\/)?(?:100505|100306)?\\d{5,}${rest}`,
  `(?:https?:)?\\/\\/(?:(?:www|m)\\.)?weibo\\.(?:com|cn)\\/n\\/[^\\s，。、；！？）】》]+`,
  `${scheme}(?:www\\.)?zhihu\\.com\\/people\\/${rest}`,
  `${scheme}(?:space\\.bilibili\\.com|m\\.bilibili\\.com\\/space)\\/\\d+${rest}`,
  `${scheme}(?:www\\.)?douyin\\.com\\/user\\/${rest}`,
  `${scheme}(?:www\\.)?xiaohongshu\\.com\\/user\\/${rest}`,
  `${scheme}(?:user\\.)?qzone\\.qq\\.com\\/\\d{5,}${rest}`,
  `${scheme}tieba\\.baidu\\.com\\/home\\/${rest}`,
];
const accountAddress = new RegExp(forms.join('|'), 'giu');

/** In what a person writes, an address of somebody's account is as good as a name (R2). */
export function maskAccountAddresses(text: string): string {
  return text.replace(accountAddress, (address) => (/weibo\./i.test(address) ? '[微博链接]' : '[账号链接]'));
}
