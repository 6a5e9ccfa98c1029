import { type Property, parts, properties, recipes } from './docs.ts';
import { play, sceneNames } from './scenes.ts';

const find = <T extends Element>(selector: string): T => {
  const found = document.querySelector<T>(selector);
  if (found === null) throw new Error(`The page has no ${selector}`);
  return found;
};

const form = find<HTMLFormElement>('.stand');
const preview = find<HTMLElement>('.preview');
const written = find<HTMLElement>('pre code');
const own = document.head.appendChild(document.createElement('style'));
const marked = document.head.appendChild(document.createElement('style'));
const set = new Map<string, string>();
let recipe = '';

/** The style sheet that the controls have made. */
function write(): void {
  const lines = [...set].map(([name, value]) => `  ${name}: ${value};`);
  const changed = lines.length > 0 ? [`b131-payout {\n${lines.join('\n')}\n}`] : [];
  const css = [recipe, ...changed].filter(Boolean).join('\n\n');
  own.textContent = css;
  written.textContent = css || '/* Nothing changed yet. */';
}

function field(name: string): string {
  return String(new FormData(form).get(name));
}

function stand(): void {
  preview.style.colorScheme = field('scheme');
  preview.lang = field('lang');
  preview.dir = field('dir');
  preview.style.inlineSize = `${field('width')}px`;
  find<HTMLOutputElement>('output').value = `${field('width')} px`;
  drawProperties();
}

function drawProperties(): void {
  find('.properties').replaceChildren(...properties.map(control));
}

/** A property with what changes it: a colour, or any value. */
function control({ name, light, dark, purpose }: Property): HTMLElement {
  const byDefault = field('scheme') === 'dark' && dark ? dark : light;
  const isColour = byDefault.startsWith('#');
  const label = document.createElement('label');
  const input = document.createElement('input');
  input.type = isColour ? 'color' : 'text';
  input.placeholder = byDefault;
  input.value = set.get(name) ?? (isColour ? byDefault : '');
  input.addEventListener('input', () => {
    if (input.value === '' || input.value === byDefault) set.delete(name);
    else set.set(name, input.value);
    write();
  });
  const text = document.createElement('span');
  const code = document.createElement('code');
  code.textContent = name;
  text.append(code, ` ${purpose}`);
  label.append(input, text);
  return label;
}

function drawRecipes(): void {
  const buttons = [{ title: 'As it comes', css: '' }, ...recipes].map(({ title, css }) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = title;
    button.setAttribute('aria-pressed', String(css === recipe));
    button.addEventListener('click', () => {
      recipe = css;
      set.clear();
      write();
      drawProperties();
      drawRecipes();
    });
    return button;
  });
  find('.recipes').replaceChildren(...buttons);
}

function drawParts(): void {
  const buttons = parts.map(({ name, what }) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = name;
    button.title = what;
    const show = (): void => {
      marked.textContent = `b131-payout::part(${name}) { outline: 2px dashed #d6336c; outline-offset: 3px }`;
    };
    const hide = (): void => {
      marked.textContent = '';
    };
    button.addEventListener('pointerenter', show);
    button.addEventListener('focus', show);
    button.addEventListener('pointerleave', hide);
    button.addEventListener('blur', hide);
    return button;
  });
  find('.parts').replaceChildren(...buttons);
}

find('[name=scene]').replaceChildren(...sceneNames.map((name) => new Option(name, name)));
form.addEventListener('input', (event) => {
  stand();
  if (event.target instanceof HTMLSelectElement && event.target.name === 'scene') show();
});
form.addEventListener('submit', (event) => event.preventDefault());

function show(): void {
  play(field('scene'), preview);
}

stand();
drawRecipes();
drawParts();
write();
show();
