const dropped =
  'script,style,link,meta,base,iframe,frame,object,embed,form,input,button,select,textarea,svg,math';
const address = /^(?:https?:|mailto:|tel:|#|\/(?!\/))/i;

/**
 * Our own derived HTML as nodes for a shadow root. The server lets nothing in that runs; this fence stands by itself. Looks are set
 * through the object model, since the page's policy (CSP) forbids them as attributes.
 */
export function buildInertNodes(html: string, owner: Document): DocumentFragment {
  // As attributes the policy would complain of them even here; in words a quotation mark is always escaped (escapeHtml).
  const unstyled = html.replaceAll(' style="', ' data-look="');
  const parsed = new DOMParser().parseFromString(unstyled, 'text/html');
  for (const node of parsed.querySelectorAll(dropped)) node.remove();
  const looks: string[] = [];
  for (const node of parsed.body.querySelectorAll('*')) {
    looks.push(node.getAttribute('data-look') ?? '');
    for (const { name, value } of [...node.attributes]) {
      const isAddress = name === 'href' || name === 'src';
      const stays = isAddress
        ? address.test(value.trim())
        : !/^(?:on|style$|data-look$|srcdoc|srcset|action|formaction)/i.test(name);
      if (!stays) node.removeAttribute(name);
    }
  }
  const fragment = owner.createDocumentFragment();
  for (const child of [...parsed.body.childNodes]) fragment.append(owner.importNode(child, true));
  let index = 0;
  for (const node of fragment.querySelectorAll<HTMLElement>('*')) {
    const look = looks[index] ?? '';
    if (look !== '') node.style.cssText = look;
    index += 1;
  }
  return fragment;
}
