import { isRecord } from '#lib/is-record.ts';

/** A place in a listing's content, from the top: `['offerings', 0, 'prices', 1]`. */
export type Path = readonly (string | number)[];

/** What stands at a path; undefined where nothing does. */
export function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, step) => {
    if (Array.isArray(value) && typeof step === 'number') return value[step];
    return isRecord(value) && typeof step === 'string' && Object.hasOwn(value, step) ? value[step] : undefined;
  }, root);
}

/** The same content with another value at a path; a place past the end of a list adds to it. */
export function withValueAt(root: unknown, path: Path, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (typeof step === 'number') {
    const list: readonly unknown[] = Array.isArray(root) ? root : [];
    const next = withValueAt(list[step], rest, value);
    return step < list.length ? list.with(step, next) : [...list, next];
  }
  const record = isRecord(root) ? root : {};
  return { ...record, [step]: withValueAt(record[step], rest, value) };
}

/** The same content without what stands at a path. */
export function withoutAt(root: unknown, path: Path): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return root;
  if (rest.length > 0) return withValueAt(root, [step], withoutAt(valueAt(root, [step]), rest));
  if (Array.isArray(root)) return root.filter((_, index) => index !== step);
  if (!isRecord(root)) return root;
  return Object.fromEntries(Object.entries(root).filter(([key]) => key !== step));
}
