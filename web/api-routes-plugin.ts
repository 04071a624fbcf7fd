import { fileURLToPath } from 'node:url';
import { isContractProcedure } from '@orpc/contract';
import type { Plugin } from 'vite';
import type { ApiRoute, ApiRoutes } from './src/lib/api-calls.ts';
import { isRecord } from './src/lib/is-record.ts';

const published = 'virtual:api-routes';
const resolved = `\0${published}`;
const ofPart = `${resolved}/`;

/**
 * What the client must know of a contract: where each route is and how its output is laid out. Schemas,
 * roles and documentation stay on the server. Throws TypeError on a route without an address.
 */
export function routesOf(contract: unknown): ApiRoute | ApiRoutes {
  if (isContractProcedure(contract)) {
    const { method, path, inputStructure, outputStructure } = contract['~orpc'].route;
    if (method === undefined || path === undefined || inputStructure !== 'detailed') {
      throw new TypeError(`A route has a method, a path and input in parts: ${method} ${path}.`);
    }
    return { method, path, ...(outputStructure === 'detailed' ? { detailed: true } : {}) };
  }
  if (typeof contract !== 'object' || contract === null) {
    throw new TypeError('A contract holds routes and groups of routes only.');
  }
  return Object.fromEntries(Object.entries(contract).map(([name, part]) => [name, routesOf(part)]));
}

/** Throws TypeError for a part that the contract does not have. */
function partOf(contract: unknown, path: string): unknown {
  return path.split('/').reduce((part, name) => {
    if (!isRecord(part) || !(name in part)) throw new TypeError(`The contract has no part ${path}.`);
    return part[name];
  }, contract);
}

/**
 * Gives the browser `virtual:api-routes`: the routes of the contract at `file` (which exports
 * `contract`) without any schema; and `virtual:api-routes/<context>`, or `<context>/<group>`: those of one part,
 * for a page that asks no other. Node runs the contract while building, so no copy can go stale.
 */
export function apiRoutes(file: URL): Plugin {
  return {
    name: 'api-routes',
    resolveId: (id) => (id === published || id.startsWith(`${published}/`) ? `\0${id}` : undefined),
    async load(id) {
      if (id !== resolved && !id.startsWith(ofPart)) return undefined;
      this.addWatchFile(fileURLToPath(file));
      const { contract }: { contract: unknown } = await import(file.href);
      if (id === resolved) {
        const contexts = Object.keys(routesOf(contract));
        const parts = contexts.map((name) => `import { routes as ${name} } from '${published}/${name}';`);
        return `${parts.join('\n')}\nexport const routes = { ${contexts.join(', ')} };`;
      }
      return `export const routes = ${JSON.stringify(routesOf(partOf(contract, id.slice(ofPart.length))))};`;
    },
  };
}
