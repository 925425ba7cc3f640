import { InvalidInput } from '../domain/errors.ts';
import { findSecrecyMarks, type SecrecyOptions } from '../domain/secrecy-marks.ts';

export interface TextToStore {
  /** As the caller names it: `title`, `document`, `attachments.2` */
  field: string;
  /** In Chinese, for whoever reads the refusal: 标题, 正文, 附件《名单.xlsx》 */
  called: string;
  text: string;
}

const contextUnits = 12;

/** The line it stands in, counted from 1. */
function lineOf(text: string, at: number): number {
  return text.slice(0, at).split('\n').length;
}

/**
 * Asked before anything of a draft is stored: text, file or what was read out of it. The refusal names the place, and quotes the mark
 * alone.
 * @throws InvalidInput
 */
export function assertNoSecrecyMark(parts: readonly TextToStore[], options: SecrecyOptions = {}): void {
  for (const { field, called, text } of parts) {
    const mark = findSecrecyMarks(text, options).find(({ stopsStorage }) => stopsStorage);
    if (mark === undefined) continue;
    const words = text.slice(mark.start, Math.min(mark.end, mark.start + contextUnits * 2));
    throw new InvalidInput(
      field,
      `${called}第 ${lineOf(text, mark.start)} 行有疑似密级或内部标志“${words}”，系统没有保存任何内容。请把原件交给本单位保密员或保密办公室处理，不要再上传，也不要用网络传送。`,
      '确认不涉密的，请去掉该标志后再试。',
    );
  }
}
