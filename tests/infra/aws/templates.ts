import { afterAll, beforeAll, expect } from 'vitest';
import { emptyProject, synthesized, type Synthesized } from './synthesized.ts';

export type Found = Synthesized['resources'][number];

interface Statement {
  readonly actions: readonly string[];
  readonly resource: unknown;
  readonly condition: unknown;
}

/** The templates of an example deployment, synthesized once for a test file, and what stands in them. */
export interface Templates extends Synthesized {
  /** The deployment with other context values. */
  with(more: Readonly<Record<string, string>>): Synthesized;
  every(type: string, stack?: string): readonly Found[];
  functionOf(entry: string): Found;
  /** The functions of the project: the library's own are left out. */
  ownFunctions(): readonly Found[];
  /** Every permission that a function's role holds. */
  rightsOf(fn: Found): readonly Statement[];
}

export function exampleTemplates(): Templates {
  const project = emptyProject();
  let made: Synthesized | undefined;
  beforeAll(() => {
    made = synthesized(project.root);
  });
  afterAll(() => project.remove());
  const templates = (): Synthesized => {
    if (made === undefined) throw new Error('The templates are made before the first test.');
    return made;
  };
  const every = (type: string, stack?: string): readonly Found[] =>
    templates().resources.filter((one) => one.Type === type && (stack === undefined || one.stack === stack));

  return {
    get deployment() {
      return templates().deployment;
    },
    get resources() {
      return templates().resources;
    },
    template: (part) => templates().template(part),
    with: (more) => synthesized(project.root, more),
    every,
    functionOf(entry) {
      const found = every('AWS::Lambda::Function').filter((one) => one.Properties['Description'] === entry);
      expect(found, entry).toHaveLength(1);
      const [only] = found;
      if (only === undefined) throw new Error(entry);
      return only;
    },
    ownFunctions: () =>
      every('AWS::Lambda::Function').filter(
        (one) => typeof one.Properties['Description'] === 'string' && !one.id.startsWith('Custom'),
      ),
    rightsOf(fn) {
      const role = named(fn.Properties['Role']);
      return every('AWS::IAM::Policy', fn.stack)
        .filter((policy) => [at(policy.Properties, 'Roles')].flat().some((one) => named(one) === role))
        .flatMap((policy) => at(policy.Properties, 'PolicyDocument', 'Statement'))
        .flat()
        .map((one) => ({
          actions: texts(at(one, 'Action')),
          resource: at(one, 'Resource'),
          condition: at(one, 'Condition'),
        }));
    },
  };
}

/** A value inside a resource; undefined where there is none. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, word) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, word) : undefined),
    value,
  );
}

export function texts(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.flatMap(texts) : [];
}

/** The logical id that a `Ref` or `Fn::GetAtt` names. */
export function named(value: unknown): string | undefined {
  const id = at(value, 'Ref') ?? at(value, 'Fn::GetAtt', 0);
  return typeof id === 'string' ? id : undefined;
}

export function environmentOf(fn: Found): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(at(fn.Properties, 'Environment', 'Variables') ?? {}));
}

/** A value as one text, with what CloudFormation puts in as `<its id>`. */
export function written(value: unknown): string {
  if (typeof value === 'string') return value;
  const [between, parts] = [at(value, 'Fn::Join', 0), at(value, 'Fn::Join', 1)];
  if (typeof between === 'string' && Array.isArray(parts)) return parts.map(written).join(between);
  const imported = at(value, 'Fn::ImportValue');
  return typeof imported === 'string' ? `<${imported}>` : `<${named(value) ?? JSON.stringify(value)}>`;
}
