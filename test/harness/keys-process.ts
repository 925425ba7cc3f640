import { loadKeys } from '../../config/secrets.ts';

const [keysDir = '', now = ''] = process.argv.slice(2);
process.send?.(loadKeys(keysDir, now).anchor.kid);
