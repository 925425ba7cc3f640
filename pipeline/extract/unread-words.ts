import type { Unread, UnreadReason } from './extraction.ts';

/** For reviewers: why something was not read. */
export const unreadWords: Record<UnreadReason, string> = {
  encrypted: '有密码',
  scanned: '没有文字层，可能是扫描图片',
  garbled: '字体无法还原成文字',
  damaged: '文件损坏或不完整',
  picture: '图片或音视频',
  unsupported: '暂不支持的格式',
  'unknown-kind': '无法识别的格式',
  'cut-off': '内容过长，只检查了前面部分',
  empty: '没有读到任何文字',
  'too-large': '解压后过大',
  'too-many': '内容过多',
  'too-deep': '压缩包嵌套过深',
  'too-slow': '读取超时',
  'too-hungry': '占用内存过多',
  crashed: '读取时出错',
};

export function describeUnread({ part, reason }: Unread): string {
  return `${part === null || part === '' ? '' : `${part}：`}${unreadWords[reason]}`;
}
