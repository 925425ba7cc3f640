/** Where names are sold, or kept with advertisements once they have lapsed. */
const parkingHosts = [
  ...['sedo.com', 'sedoparking.com', 'dan.com', 'afternic.com', 'hugedomains.com', 'parkingcrew.net'],
  ...['bodis.com', 'parklogic.com', 'above.com', '4.cn', 'ename.com', 'mi.aliyun.com', 'juming.com'],
];

const signs =
  /domain (?:is |name is )?(?:for sale|parked|parking|has expired)|buy this domain|parked free|此?域名(?:正在)?(?:出售|转让|停放)|该?域名(?:已经?)?(?:过期|到期)|网站(?:已经?)?(?:过期|到期|关闭)[，,].{0,12}续费|域名停靠/i;

export function isParkingHost(host: string): boolean {
  return parkingHosts.some((name) => host === name || host.endsWith(`.${name}`));
}

/** Does a page say that its name is for sale or has lapsed? Long ones are pages of somebody who writes of such things. */
export function readsAsParked(page: string): boolean {
  return page.length < 60_000 && signs.test(page);
}
