import { type Element, isSilent, parentOf } from './tree.ts';

/** Where the address of a picture stands that loads late: before `src`, which then is a mere placeholder. */
const lateNames = ['data-src', 'data-original', 'original-src', 'orisrc', 'data-lazy-src', '_src', 'file'];
/** What systems and platforms draw themselves: icons of kinds of files, counters, faces. */
const furniture =
  /\/_ueditor\/|\/ueditor\/(?:themes|dialogs)|\/system\/(?:resource|_component)\/|\/_sitegray\/|_visitcount|\/icons?[_/-]|\/emotion|res\.wx\.qq\.com|\/images\/ext\//i;

/**
 * The pictures of a text, in page order, each as often as it is shown.
 * @param resolve makes an address absolute; null where it leads nowhere
 */
export function picturesIn(
  elements: readonly Element[],
  resolve: (address: string) => string | null,
): string[] {
  const inside = new Set(elements);
  return elements.flatMap((element) => {
    if (element.name !== 'img' || isUnseen(element, inside)) return [];
    const address = [...lateNames, 'src'].map((name) => element.attribs[name]?.trim()).find(isAddress);
    const url = address === undefined ? null : resolve(address);
    return url === null || furniture.test(url) ? [] : [url];
  });
}

function isAddress(value: string | undefined): value is string {
  return value !== undefined && value !== '' && !/^(?:data|about|javascript):/i.test(value);
}

/** Not shown, or too small to be seen. What a page does with the whole text until a script shows it is not asked. */
function isUnseen(element: Element, inside: ReadonlySet<Element>): boolean {
  const { width = '', height = '', class: names = '' } = element.attribs;
  if (/(?:^|\s)filetype(?:\s|$)/.test(names) || /^[0-3](?:px)?$/.test(width) || /^[0-3](?:px)?$/.test(height))
    return true;
  for (let at: Element | null = element; at !== null && inside.has(at); at = parentOf(at))
    if (isSilent(at)) return true;
  return false;
}
