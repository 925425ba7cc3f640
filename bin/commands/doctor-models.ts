import { readModels } from '../../pipeline/models/read-models.ts';
import { ModelsUnavailable } from '../../pipeline/models/weights-file.ts';
import { ok, type Result, warn } from './doctor-result.ts';

/**
 * Are the weights there and intact? Without them the rules judge alone, which is work in earnest but less of it, so this
 * warns and does not fail.
 * @param file without it, the weights that came with the program
 */
export function checkModels(file?: string): Result {
  try {
    const { header, version } = readModels(file);
    const names = header.heads.map(({ name }) => name).join(', ');
    return ok(`weights ${version}, trained ${header.trainedOn}: ${names}`);
  } catch (error) {
    if (!(error instanceof ModelsUnavailable)) throw error;
    return warn(`${error.message}; rules judge alone: install the program again, or run npm run train`);
  }
}
