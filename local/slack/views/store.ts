import { hex, newId } from '../ids.ts';
import { initialValues, keptValues, type Values } from '../interactions/input-values.ts';
import type { Simulator } from '../simulator.ts';
import type { Installation } from '../world/types.ts';
import type { StoredView, ViewBody } from './types.ts';

/** At most three views in a person's modal (§4). */
export const MAX_STACK = 3;

export type HomeTab = { app: string; tab: 'home' | 'messages' };

/** The views on people's screens: one modal of up to three views each, and one home per app. */
export class Views {
  readonly #sim: Simulator;
  readonly #stacks = new Map<string, StoredView[]>();
  readonly #homes = new Map<string, StoredView>();
  readonly #tabs = new Map<string, HomeTab>();

  constructor(sim: Simulator) {
    this.#sim = sim;
  }

  /** A person's modal, its first view first. */
  stack(user: string): readonly StoredView[] {
    return this.#stacks.get(user) ?? [];
  }

  homes(user: string): StoredView[] {
    return [...this.#homes.values()].filter((view) => view.user === user);
  }

  home(user: string, { appId, teamId }: Installation): StoredView | undefined {
    return this.#homes.get(`${user}/${appId}/${teamId}`);
  }

  /** Which part of an app a person looks at. */
  tab(user: string): HomeTab | null {
    return this.#tabs.get(user) ?? null;
  }

  setTab(user: string, tab: HomeTab): void {
    this.#tabs.set(user, tab);
    this.changed(user);
  }

  /** People who have a modal open or a home. */
  people(): string[] {
    const withModal = [...this.#stacks].filter(([, stack]) => stack.length > 0).map(([user]) => user);
    const withHome = [...this.#homes.values()].map((view) => view.user);
    return [...new Set([...withModal, ...withHome, ...this.#tabs.keys()])];
  }

  all(): StoredView[] {
    return [...[...this.#stacks.values()].flat(), ...this.#homes.values()];
  }

  find(id: string): StoredView | undefined {
    return this.all().find((view) => view.id === id);
  }

  /** `external_id` is unique in a workspace (§3 View). */
  withExternalId(teamId: string, externalId: string): StoredView | undefined {
    return this.all().find(
      (view) => view.externalId === externalId && view.installation.teamId === teamId && externalId !== '',
    );
  }

  /** Shows a view: as a new modal, in place of whatever modal was open. */
  open(user: string, installation: Installation, body: ViewBody, conversation: string | null): StoredView {
    const view = this.#create(user, installation, body, conversation);
    this.#stacks.set(user, [view]);
    this.changed(user);
    return view;
  }

  /** Puts a view on top of a person's modal. */
  push(below: StoredView, body: ViewBody): StoredView {
    const view = this.#create(below.user, below.installation, body, below.conversation);
    view.rootId = below.rootId;
    view.previousId = below.id;
    this.#stacks.set(below.user, [...this.stack(below.user), view]);
    this.changed(below.user);
    return view;
  }

  /** Replaces what a view shows. It keeps its id and what was entered in inputs that stay the same. */
  update(view: StoredView, body: ViewBody): StoredView {
    const values = keptValues(view.values, body.blocks, view.conversation);
    Object.assign(view, body, { values, hash: this.#hash(), errors: {}, failure: null });
    this.changed(view.user);
    return view;
  }

  /** A person's home of an app: made, or replaced. */
  publish(user: string, installation: Installation, body: ViewBody): StoredView {
    const known = this.home(user, installation);
    if (known) return this.update(known, body);
    const view = this.#create(user, installation, body, null);
    this.#homes.set(`${user}/${installation.appId}/${installation.teamId}`, view);
    this.changed(user);
    return view;
  }

  /** Remembers what a person entered. */
  enter(view: StoredView, values: Values): void {
    view.values = values;
    this.changed(view.user);
  }

  /** Takes views off a person's modal, the given one and all above it. */
  removeFrom(view: StoredView): StoredView[] {
    const stack = this.stack(view.user);
    const at = stack.indexOf(view);
    if (at < 0) return [];
    this.#stacks.set(view.user, stack.slice(0, at));
    this.changed(view.user);
    return stack.slice(at).reverse();
  }

  /** Tells who listens that something on a person's screen is different. */
  changed(user: string): void {
    this.#sim.changes.emit({ type: 'view', user });
  }

  clear(): void {
    this.#stacks.clear();
    this.#homes.clear();
    this.#tabs.clear();
  }

  #create(user: string, installation: Installation, body: ViewBody, conversation: string | null): StoredView {
    const id = newId('V');
    return {
      ...body,
      id,
      user,
      installation,
      hash: this.#hash(),
      rootId: id,
      previousId: null,
      values: initialValues(body.blocks, conversation),
      conversation,
      errors: {},
      failure: null,
      submitting: false,
    };
  }

  #hash(): string {
    return `${Math.floor(this.#sim.clock.now() / 1000)}.${hex(8)}`;
  }
}
