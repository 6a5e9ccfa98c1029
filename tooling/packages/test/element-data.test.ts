/** What editors are told of `<b131-payout>` is all there is, and nothing else. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import * as element from '@b131/element';
import { packageDir } from '../src/places.ts';

const dir = packageDir('element');
const read = (path: string): Promise<string> => readFile(join(dir, path), 'utf8');
const json = async (path: string) => JSON.parse(await read(path));
const names = (list: readonly { name: string }[]): string[] => list.map(({ name }) => name).sort();
const found = (text: string, pattern: RegExp): string[] =>
  [...new Set([...text.matchAll(pattern)].flatMap(([, name = '']) => name.split(' ')))].sort();

const manifest = await json('custom-elements.json');
const declarations = manifest.modules.flatMap((module: { declarations: object[] }) => module.declarations);
const [payout] = declarations;

test('the manifest tells the one element, where it is defined, and files that exist', async () => {
  assert.equal(declarations.length, 1);
  assert.equal(payout.tagName, 'b131-payout');
  for (const { path } of manifest.modules) await read(path);
  assert.equal(manifest.modules.at(-1).exports[0].name, 'b131-payout');
});

test('its attributes and properties are the class’s own', () => {
  const { observedAttributes, elementProperties, prototype } = element.B131Payout;
  assert.deepEqual(names(payout.attributes), [...observedAttributes].sort());
  const settable = [...elementProperties.keys()].map(String).filter((name) => !name.startsWith('_'));
  const own = Object.getOwnPropertyNames(prototype).filter(
    (name) => !/^_|Callback$|^constructor$/.test(name),
  );
  const lifeCycle = [
    'createRenderRoot',
    'willUpdate',
    'firstUpdated',
    'updated',
    'render',
    'getUpdateComplete',
  ];
  const all = new Set([...settable, ...own.filter((name) => !lifeCycle.includes(name))]);
  assert.deepEqual(names(payout.members), [...all].sort());
  for (const member of [...payout.members, ...payout.attributes])
    assert.ok(member.description, `${member.name} has a description`);
});

test('its events have their classes', () => {
  const classes = Object.values(element).filter(
    (value) => typeof value === 'function' && 'eventName' in value,
  );
  const told = payout.events.map(({ name, type }: { name: string; type: { text: string } }) => [
    name,
    type.text,
  ]);
  assert.deepEqual(
    told.sort(),
    classes.map((value) => [Reflect.get(value, 'eventName'), Reflect.get(value, 'name')]).sort(),
  );
});

test('its parts are the templates’, its custom properties the styles’', async () => {
  const templates = (
    await Promise.all(
      ['opening/card', 'opening/face', 'faces/face', 'faces/icons'].map((name) => read(`dist/${name}.js`)),
    )
  ).join();
  const buttons = ['confirm', 'cancel', 'another', 'retry'];
  // Buttons carry their own name besides.
  const spelledOut = templates.replaceAll(/"button \$\{name\}"/g, `"button ${buttons.join(' ')}"`);
  const parts = found(spelledOut, /\bpart="([^"]+)"/g);
  assert.deepEqual(names(payout.cssParts), parts);
  const styles = (
    await Promise.all(['tokens', 'layout', 'stage', 'news'].map((name) => read(`dist/styles/${name}.js`)))
  ).join();
  assert.deepEqual(names(payout.cssProperties), found(styles, /var\(\s*(--b131-[\w-]+)/g));
});

test('VS Code and JetBrains are told the same', async () => {
  const [tag] = (await json('vscode.html-custom-data.json')).tags;
  assert.equal(tag.name, 'b131-payout');
  assert.deepEqual(names(tag.attributes), names(payout.attributes));
  const mode = tag.attributes.find(({ name }: { name: string }) => name === 'mode');
  assert.deepEqual(names(mode.values), ['payout', 'token']);
  const css = await json('vscode.css-custom-data.json');
  assert.deepEqual(names(css.properties), names(payout.cssProperties));
  const { contributions, version } = await json('web-types.json');
  const [webTag] = contributions.html.elements;
  assert.deepEqual(names(webTag.attributes), names(payout.attributes));
  assert.deepEqual(names(webTag.js.events), names(payout.events));
  assert.equal(version, (await json('package.json')).version);
});
