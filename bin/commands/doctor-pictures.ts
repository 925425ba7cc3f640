import { findLanguageData } from '../../pipeline/extract/language-data.ts';
import { ok, type Result, warn } from './doctor-result.ts';

/** Without it drafts are checked all the same, and every report says 图中文字未检查. */
export function checkPictureText(
  { pictureText }: { pictureText: boolean },
  findData: () => string | null = findLanguageData,
): Result {
  if (!pictureText) return ok('not read (GUANLAN_PICTURE_TEXT=off); reports say so');
  return findData() === null
    ? warn('not read: the package @tesseract.js-data/chi_sim is missing or not whole; install again')
    : ok('read by this program, Chinese');
}
