/** From the doc comments to `custom-elements.json`, and from that to what editors read: `pnpm describe`. */
import { customElementJetBrainsPlugin } from 'custom-element-jet-brains-integration';
import { customElementVsCodePlugin } from 'custom-element-vs-code-integration';

export default {
  globs: ['src/**/*.ts'],
  outdir: '.',
  litelement: true,
  plugins: [
    spellOutTypes(),
    keepWhatIsPublic(),
    customElementVsCodePlugin({ hideLogs: true }),
    customElementJetBrainsPlugin({ hideLogs: true }),
  ],
};

/** `Mode` tells an editor nothing, `'payout' | 'token'` completes. */
function spellOutTypes() {
  const unions = new Map();
  return {
    name: 'spell-out-types',
    analyzePhase({ ts, node }) {
      if (!ts.isTypeAliasDeclaration(node) || !ts.isUnionTypeNode(node.type)) return;
      const literals = node.type.types.every((type) => ts.isLiteralTypeNode(type));
      if (literals) unions.set(node.name.text, node.type.getText());
    },
    packageLinkPhase({ customElementsManifest: { modules } }) {
      const typed = modules
        .flatMap(({ declarations }) => declarations)
        .flatMap(({ members = [], attributes = [] }) => [...members, ...attributes]);
      for (const { type } of typed) if (unions.has(type?.text)) type.text = unions.get(type.text);
    },
  };
}

/** The element as the package exports it: no private members, no inner modules, paths that exist for its users. */
function keepWhatIsPublic() {
  return {
    name: 'keep-what-is-public',
    packageLinkPhase({ customElementsManifest }) {
      customElementsManifest.modules = customElementsManifest.modules
        .filter(({ declarations }) => declarations.some(({ customElement }) => customElement))
        .map(({ path, declarations, exports }) => ({
          kind: 'javascript-module',
          path: path.replace(/^src\/(.*)\.ts$/, 'dist/$1.js'),
          declarations: declarations.filter(({ customElement }) => customElement).map(publicFace),
          exports: exports.map(({ kind, name, declaration }) => ({
            kind,
            name,
            declaration: { name: declaration.name },
          })),
        }));
      const [module] = customElementsManifest.modules;
      const [{ name, tagName }] = module.declarations;
      const declaration = { name, module: module.path };
      const definition = { kind: 'custom-element-definition', name: tagName, declaration };
      customElementsManifest.modules.push({
        kind: 'javascript-module',
        path: 'dist/define.js',
        declarations: [],
        exports: [definition],
      });
    },
  };
}

function publicFace(declaration) {
  const isPublic = ({ name, fieldName = name, privacy }) =>
    privacy !== 'private' && privacy !== 'protected' && !/^[_#]|Callback$/.test(fieldName);
  return {
    ...declaration,
    members: declaration.members.filter(isPublic),
    attributes: declaration.attributes.filter(isPublic),
  };
}
