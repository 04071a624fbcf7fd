import { fileURLToPath } from 'node:url';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { lambda } from './adapter.ts';
import { announcerWithoutStyle } from './announcer-without-style.ts';
import { apiRoutes } from './api-routes-plugin.ts';

const packages = fileURLToPath(new URL('../node_modules/@uswds/uswds/packages', import.meta.url));

export default defineConfig({
  // Kit reads this file again from where the build was started.
  root: import.meta.dirname,
  plugins: [
    apiRoutes(new URL('../shared/contract/contract.ts', import.meta.url)),
    sveltekit({
      adapter: lambda(),
      preprocess: [announcerWithoutStyle],
      // Nobody asks the page for its version of Svelte.
      compilerOptions: { discloseVersion: false },
      csp: {
        mode: 'nonce',
        directives: {
          'default-src': ['self'],
          'script-src': ['self'],
          'style-src': ['self'],
          'img-src': ['self', 'data:'],
          'frame-ancestors': ['none'],
          'form-action': ['self'],
          'base-uri': ['none'],
          'object-src': ['none'],
        },
      },
      // The public address is known when the server starts, not when it is built: `lambda.ts` gives
      // every request that address, and Kit takes its own origin from there.
      paths: { relative: false },
      version: { pollInterval: 0 },
    }),
  ],
  css: {
    preprocessorOptions: { scss: { loadPaths: [packages], quietDeps: true } },
  },
  environments: {
    client: {
      build: {
        rolldownOptions: {
          output: {
            // What most pages share comes in two files instead of thirty: small files compress badly. `frame`
            // holds no schema, or each page would carry the schema library.
            codeSplitting: {
              groups: [
                {
                  name: 'framework',
                  // What only forms use stands apart: the matrix has none that a script sends.
                  test: /node_modules[/](?!.*([/]runtime[/]app[/]forms[/]|[/]bindings[/]select|[/]blocks[/]svelte-element))(svelte|@sveltejs|esm-env|clsx)[/]/,
                  minShareCount: 12,
                },
                {
                  name: 'frame',
                  test: /[/]web[/]src[/]lib[/](ui[/](?!breadcrumb|checkboxes|choice-group|empty-state|error-summary|list-count|radios|select-field|source-note|table|text-area)|accounts[/]works-in\.ts|(?!api\.|grouped|refus|shown-count|status-sentence)[a-z-]+\.ts)/,
                  minShareCount: 8,
                },
                // Most pages have a trail and a list; the matrix has its own, and is spared these.
                {
                  name: 'lists',
                  test: /[/]web[/]src[/]lib[/](ui[/](breadcrumb|empty-state|list-count|table)|shown-count)/,
                },
                { name: 'fields', test: /[/]web[/]src[/]lib[/](ui|forms)[/]/, minShareCount: 8 },
                // The words and formulas that the matrix and the page of a partner have in common.
                {
                  name: 'words',
                  test: /[/](web[/]src[/]lib[/]grouped|web[/]src[/]lib[/]catalogue[/](cost|record|scenario|status|tier)-words|web[/]src[/]lib[/]catalogue[/]terms|shared[/]catalogue[/](cost|status|track-record)|shared[/]programs[/](areas|grades)|shared[/]kernel[/](iso-text|money|show-[a-z]+))\.ts/,
                  minShareCount: 2,
                },
                // The matrix and what every way of filtering needs, beside what is loaded for many partners, for a
                // text, for an empty list or for people of a district only.
                {
                  name: 'matrix',
                  test: /[/]web[/]src[/]lib[/]matrix[/](?!ask-form|asking|before-click|district-tools|empty-list|loosening|many-partners|pick|rehears)|[/]shared[/]catalogue[/]matrix[/](?!bit-|compare-all|count-facets|decode-texts|facet-tally|hurdles|matrix-values|partner-values|profiles|row-list|search\.|site-places|value-(counts|places)|[a-z]+-sets?\.)/,
                },
                // What only people of a district have, in one file instead of ten.
                {
                  name: 'figures',
                  test: /[/](web[/]src[/]lib[/](accounts[/](has-role|own-district)|matrix[/](ask-form|district-tools|pick-box)|catalogue[/](district-figures|own-figures)|ui[/]source-note)|shared[/]engagements[/]draft-roles)/,
                },
              ],
            },
          },
        },
      },
    },
  },
  build: {
    // The list of every page's scripts, for scripts to load in one go, weighs a kilobyte and is loaded with
    // each page. A link loads its page when the mouse comes to rest over it; styles have to be known before.
    modulePreload: { resolveDependencies: (_, files) => files.filter((file) => file.endsWith('.css')) },
    // The mark is a file, which a browser keeps, and no text in a script.
    assetsInlineLimit: (file) => (file.endsWith('mark.svg') ? false : undefined),
    rolldownOptions: {
      treeshake: {
        // Schemas are built at module scope by calls that no bundler can see through. Declared pure, those
        // that a page does not use are dropped, and the schema library with them: pages read formatters
        // from the same files. Whatever else bore such a name would be dropped too; a test looks for it.
        manualPureFunctions: ['z', 'slugSchema', 'madeIdSchema', 'termSchema'],
        // Nothing in `shared` acts when it is read (a dependency rule keeps it pure), so a file of which
        // a page uses nothing is left out whole.
        moduleSideEffects: [{ test: /[/]shared[/][a-z]/, external: false, sideEffects: false }],
      },
    },
  },
});
