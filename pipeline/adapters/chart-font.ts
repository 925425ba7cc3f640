import { access, readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where systems keep their fonts. */
const folders = [
  '/usr/share/fonts',
  '/usr/local/share/fonts',
  join(homedir(), '.local/share/fonts'),
  join(homedir(), '.fonts'),
  '/System/Library/Fonts',
  '/Library/Fonts',
  'C:\\Windows\\Fonts',
];

/** Files that hold Chinese, the plainest first. */
const names = [
  /^(?:NotoSans|SourceHanSans)(?:CJK)?(?:sc|SC)?-Regular\.(?:ttc|otf|ttf)$/,
  /^NotoSansCJK.*\.(?:ttc|otf)$/,
  /^wqy-(?:microhei|zenhei)\.ttc$/,
  /^PingFang\.ttc$/,
  /^Hiragino Sans GB\.ttc$/,
  /^STHeiti.*\.ttc$/,
  /^msyh\.tt[cf]$/i,
  /^simhei\.ttf$/i,
  /^simsun\.tt[cf]$/i,
  /^(?:NotoSerif|SourceHanSerif)(?:CJK)?(?:sc|SC)?-Regular\.(?:ttc|otf|ttf)$/,
  /^(?:uming|ukai|DroidSansFallback.*)\.tt[cf]$/,
];

const depth = 4;

async function listFiles(folder: string, levels: number): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return levels > 0 ? listFiles(path, levels - 1) : [];
      return [path];
    }),
  );
  return found.flat();
}

/**
 * A font file for the words in pictures.
 * @param named the office's own choice
 * @returns null where this machine has none, or the one that was named is not there
 */
export async function findChartFont(named: string | null): Promise<string | null> {
  if (named !== null)
    return access(named).then(
      () => named,
      () => null,
    );
  const files = (await Promise.all(folders.map((folder) => listFiles(folder, depth)))).flat().sort();
  const fileName = (path: string) => path.split(/[\\/]/).at(-1) ?? '';
  for (const name of names) {
    const found = files.find((path) => name.test(fileName(path)));
    if (found !== undefined) return found;
  }
  return null;
}
