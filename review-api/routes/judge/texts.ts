import { presentVerdict } from '../../../pipeline/commands/present-verdict.ts';
import type { Handler } from '../../http/call.ts';

/** Nothing of it is stored or logged: the texts go to the threads that judge, and the answers to whoever asked. */
export const judgeTexts: Handler<'judgeTexts'> = async ({ body, deps }) => {
  const answers = await deps.judgeTexts(
    body.items.map(({ text, kind, metrics }) => ({ stored: text, kind, metrics, textVersion: 1 })),
  );
  const items = body.items.map(({ id, text }, index) => {
    const named = id === undefined ? {} : { id };
    const answer = answers[index];
    if (answer === undefined || 'failed' in answer)
      return { ...named, error: { code: 'judge-failed', message: '这段文字没有研判成功。' } };
    return { ...named, ...presentVerdict(text, answer.verdict) };
  });
  return { items };
};
