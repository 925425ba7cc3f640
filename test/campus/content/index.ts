import type { CampusArticle } from './article.ts';
import { careers } from './careers.ts';
import { heldBack } from './held-back.ts';
import { library } from './library.ts';
import { logistics } from './logistics.ts';
import { network } from './network.ts';
import { news } from './news.ts';
import { notices } from './notices.ts';
import { publicity } from './publicity.ts';
import { safety } from './safety.ts';
import { teaching } from './teaching.ts';

/** Everything the school has written; what is held back comes last, in the order of its publication. */
export const allArticles: readonly CampusArticle[] = [
  ...logistics,
  ...safety,
  ...publicity,
  ...news,
  ...notices,
  ...careers,
  ...teaching,
  ...library,
  ...network,
  ...heldBack,
];
