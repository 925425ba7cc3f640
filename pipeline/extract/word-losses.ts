import { readXml } from './xml.ts';
import type { ZipContainer } from './zip-container.ts';

/** Elements of the text that are counted for the notes. */
const counted = new Set([
  'ins',
  'del',
  'moveFrom',
  'vanish',
  'oMath',
  'commentReference',
  'object',
  'chart',
  'relIds',
]);

function hasText(zip: ZipContainer, pattern: RegExp): boolean {
  return zip.matching(pattern).some((member) => {
    let isText = false;
    let found = false;
    readXml(zip, member, {
      open: (name) => {
        isText = name === 't';
      },
      text: (text) => {
        found ||= isText && text.trim() !== '';
      },
    });
    return found;
  });
}

/** What a Word file holds and a draft does not, in Chinese. @throws Unreadable */
export function tellWordLosses(zip: ZipContainer): string[] {
  const member = zip.find('word/document.xml') ?? zip.find('word/document2.xml');
  const counts = new Map<string, number>();
  if (member !== null)
    readXml(zip, member, {
      open: (name) => {
        if (counted.has(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
      },
    });
  const count = (...names: string[]) => names.reduce((sum, name) => sum + (counts.get(name) ?? 0), 0);
  const changes = count('ins', 'del', 'moveFrom');
  const told: [number, string][] = [
    [changes, `文件里有 ${changes} 处修订：插入的文字已保留，删除的文字已去掉，请核对`],
    [count('commentReference'), `${count('commentReference')} 条批注没有带过来`],
    [count('vanish'), '文件里有隐藏文字，已显示出来，请核对'],
    [count('oMath'), `${count('oMath')} 个公式没有带过来，请用图片补上`],
    [count('object', 'chart', 'relIds'), `${count('object', 'chart', 'relIds')} 个图表或嵌入对象没有带过来`],
    [hasText(zip, /^word\/(?:header|footer)\d*\.xml$/i) ? 1 : 0, '页眉、页脚没有带过来'],
  ];
  return told.filter(([times]) => times > 0).map(([, note]) => note);
}
