import { create } from 'zustand';
import { ALL_CALLS, type CallFilter } from './call-filter.ts';

/** What is shown of the calls; stays while other tabs are looked at. */
export const useCallFilter = create<CallFilter>(() => ALL_CALLS);
