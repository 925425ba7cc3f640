const mention =
  /(?:(?<![\w.+-])[@＠]|[@＠](?=\p{Script=Han}))(?![\w-]{1,63}\.[a-z])[\u200b-\u200d\u2060\ufeff]*[\p{L}\p{N}\p{M}_·-]{1,30}/giu;

/** `@name` is somebody's name; what follows in an address of mail is not. */
export function maskMentions(text: string): string {
  return text.replace(mention, '@…');
}

const called =
  '昵称|网名|用户名|微博名|微信名|微信号|抖音号|快手号|小红书号|账号名|用户|网友|博主|楼主|贴主|UP主';
const quoted = new RegExp(
  `((?:${called})(?:为|是|叫|：|:)?\\s*)[“"「『《〈]([^”"」』》〉\\n]{1,30})([”"」』》〉])`,
  'giu',
);
const stated =
  /((?:昵称|网名|用户名|微博名|微信名|微信号|抖音号|快手号|小红书号|账号名)\s*(?:为|是|叫|：|:)\s*)(?![“"「『《〈…])[^\s，。；、,;“”"）)]{1,30}/giu;

/** What a person types about others: besides mentions, names that are said to be somebody's on a platform (R2). */
export function maskNicknames(text: string): string {
  return maskMentions(text)
    .replace(
      quoted,
      (_, before: string, _name: string, close: string) => `${before}${openerOf(close)}…${close}`,
    )
    .replace(stated, '$1…');
}

const openers: Record<string, string> = {
  '”': '“',
  '"': '"',
  '」': '「',
  '』': '『',
  '》': '《',
  '〉': '〈',
};
const openerOf = (close: string): string => openers[close] ?? '“';
