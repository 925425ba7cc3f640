import { describe, expect, it } from 'vitest';
import { findSiteSystem } from './site-system.ts';

describe('what a site is made with', () => {
  it.each([
    ['<link href="/_sitegray/_sitegray_d.css">', '博达 VSB 网站群'],
    ['<link href="/_upload/tpl/00/2a/42/template42/style.css">', '苏迪 WebPlus 网站群'],
    ['<script src="/wp-content/themes/a.js"></script>', 'WordPress'],
  ])('is told by %s', (html, system) => {
    expect(findSiteSystem(html, 'something else')).toBe(system);
  });

  it('is what the page says of itself where nothing else tells it, and never a long text', () => {
    expect(findSiteSystem('<p>', '  Hugo\n0.120 ')).toBe('Hugo 0.120');
    expect(findSiteSystem('<p>', 'x'.repeat(500))).toHaveLength(60);
    expect(findSiteSystem('<p>', undefined)).toBeNull();
  });
});
