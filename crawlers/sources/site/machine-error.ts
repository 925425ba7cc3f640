import { textOf } from './text-of.ts';
import type { PageTree } from './tree.ts';

/** Leftovers of templates, stack traces and database messages, as they end up on pages that fail under status 200. */
const errorSigns =
  /\b[\w.]{3,}(?:Exception|Error)\b\s*[:：]|\bat [\w.$<>]+\([\w$ ]+(?:\.java|\.cs|\.kt)?:?\d*\)|<%[@=]?|<\?php|\{(?:标题|正文|发布时间|内容)\}|\bon line \d+|SQLSTATE|\bORA-\d{4,}|Traceback \(most recent|Stack trace|Internal Server Error|HTTP Status \d{3}|Server Error in '|数据库连接(?:失败|错误)|\bOLE DB Provider\b|\bODBC [\w ]{0,40}Drivers?\b|\[ODBC|\bADODB\.\w+|Microsoft (?:VBScript|JET)\b[^。]{0,40}(?:error|错误)|(?:error|错误) ?'?800[0-9a-f]{5}\b|\.(?:asp|inc|php)x?，行 \d+|\b(?:Parse|Fatal) error:|\bWarning: \w+\(\)|服务器(?:内部)?错误/i;

/** In UTF-16 code units; a stack trace is longer than one thinks. */
const longestMessage = 20_000;

/**
 * Is this text, by its greater part, the message of a program that failed, and no article? Lines are weighed by length, so
 * that an article which quotes one message stays an article.
 */
export function isMachineError(text: string): boolean {
  const lines = text.split('\n').map((line) => line.trim());
  const total = lines.reduce((sum, line) => sum + line.length, 0);
  const broken = lines.reduce((sum, line) => sum + (errorSigns.test(line) ? line.length : 0), 0);
  return total > 0 && broken / total > 0.5;
}

/** Is all that a page shows such a message? A message in the frame of a site is judged where the text stands. */
export function isMachineErrorPage(tree: PageTree): boolean {
  const body = tree.elements.find((element) => element.name === 'body');
  if (body === undefined) return false;
  const length = tree.texts.reduce((sum, text) => sum + (text.hidden ? 0 : text.data.length), 0);
  return length < longestMessage && isMachineError(textOf(body));
}
