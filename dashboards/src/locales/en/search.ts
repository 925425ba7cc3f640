import type { search as zh } from '../zh-CN/search.ts';

export const search = {
  'search.begin': 'Start searching',
  'search.caseState': 'Case: {state}',
  'search.caseStateLabel': 'Case state',
  'search.changePurpose': 'Change',
  'search.formLabel': 'Search criteria',
  'search.hitsListed': '{n} post listed | {n} posts listed',
  'search.noCase': 'Did not become a case',
  'search.nothingFound': 'Nothing found.',
  'search.nothingFoundHelp':
    'Try fewer words, leave out the quotation marks or widen the dates. Only posts whose full text you may see are searched.',
  'search.openCase': 'Open case ({state})',
  'search.openFirst': 'Waiting for the first time',
  'search.publishedFrom': 'Published from',
  'search.purposeExample': 'e.g. checking what was said before about canteen prices',
  'search.purposeHelp':
    'Searching shows posts outside your queues, and every post you see is logged. First write down the purpose of this search; change it whenever the purpose changes.',
  'search.purposeLabel': 'Purpose of the search',
  'search.purposeLine': 'Purpose: {purpose}',
  'search.purposeMinimum': 'At least 4 characters.',
  'search.searchBack': 'Search further back',
  'search.searchFurther': 'No match so far, search further back',
  'search.searching': 'Searching…',
  'search.textGone': 'Text erased, or changed and not judged since',
  'search.undecided': 'Waiting (including reopened)',
  'search.viewSource': 'View original',
  'search.wordsHelp':
    'All words must occur; those in “quotation marks” must stand together; -word excludes; you can also paste the address or id of the original.',
} satisfies Record<keyof typeof zh, string>;
