/**
 * Where a thread of this folder starts: its compiled file; in a checkout its source, whose loader a thread does not inherit from the
 * process.
 * @param name without ending, as `chart-thread`
 */
export function findThreadFile(name: string): URL {
  if (!import.meta.url.endsWith('.ts')) return new URL(`./${name}.js`, import.meta.url);
  const loader = import.meta.resolve('tsx/esm/api');
  const source = new URL(`./${name}.ts`, import.meta.url).href;
  const script = `import { register } from '${loader}'; register(); await import('${source}');`;
  return new URL(`data:text/javascript,${encodeURIComponent(script)}`);
}
