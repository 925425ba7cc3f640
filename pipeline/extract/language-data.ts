import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

export const language = 'chi_sim';
/** Of the package's two sets the one that is a tenth as large: it reads posters as well, in less memory (docs/decisions/0034). */
const variant = '4.0.0_best_int';

/** The folder that text in pictures is read with; null where the package is not installed, or not whole. */
export function findLanguageData(): string | null {
  try {
    const manifest = createRequire(import.meta.url).resolve(`@tesseract.js-data/${language}/package.json`);
    const folder = path.join(path.dirname(manifest), variant);
    return existsSync(path.join(folder, `${language}.traineddata.gz`)) ? folder : null;
  } catch {
    return null;
  }
}
