/** Leftovers of templates, stack traces and database messages, as they end up on pages that fail under status 200. */
const errorSigns =
  /\b[\w.]{3,}(?:Exception|Error)\b\s*[:：]|\bat [\w.$<>]+\([\w$ ]+(?:\.java|\.cs|\.kt)?:?\d*\)|<%[@=]?|<\?php|\{(?:标题|正文|发布时间|内容)\}|\bon line \d+|SQLSTATE|\bORA-\d{4,}|Traceback \(most recent|Stack trace|Internal Server Error|HTTP Status \d{3}|Server Error in '|数据库连接(?:失败|错误)|服务器(?:内部)?错误/i;

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
