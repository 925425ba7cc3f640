import { createWorker, OEM, type Worker } from 'tesseract.js';
import { findLanguageData, language } from './language-data.ts';

let worker: Promise<Worker> | null = null;

/** Nothing is fetched and nothing kept: data and program lie beside the libraries. */
async function open(): Promise<Worker> {
  const langPath = findLanguageData();
  // Without it the library waits for ever.
  if (langPath === null) throw new Error('the language data is not installed');
  return createWorker(language, OEM.LSTM_ONLY, {
    langPath,
    cacheMethod: 'none',
    gzip: true,
    // Its own would be thrown where nobody can catch it.
    errorHandler: () => {},
  });
}

const han = '[\\u3400-\\u9fff\\u3000-\\u303f\\uff00-\\uffef〇]';
const betweenHan = new RegExp(`(?<=${han}) +(?=${han}|\\d)|(?<=\\d) +(?=${han})`, 'gu');

/** It reads every character as a word of its own. */
function tidy(text: string): string {
  return text
    .replace(betweenHan, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}

/**
 * The printed Chinese in a picture (PNG, JPEG, WebP, BMP), as far as it can be told; empty where there is none. Runs in a thread of
 * this process: whoever wants to end it ends the process.
 * @throws where the picture cannot be unpacked
 */
export async function recogniseText(bytes: Uint8Array): Promise<string> {
  worker ??= open();
  const { data } = await (await worker).recognize(Buffer.from(bytes));
  return tidy(data.text);
}
