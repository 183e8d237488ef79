/* The voting rules of docs/systems/consensus.md for two views, three honest validators and one liar (n = 4, Q = 3).
 *
 * The network is as bad as can be: votes are sets that only grow, and a node may act on any certificate that could be
 * made from them, or not, at any time. The liar votes for everything, so a certificate needs Q - 1 honest votes. Leaders
 * may propose any number of blocks on any parent. What is proved is therefore safety for every schedule, every leader
 * and every liar; timers and crashes are the simulator's.
 *
 * Blocks: view 1 has A and B, children of genesis. View 2 has C (child of genesis), D (of A) and E (of B).
 *
 * TERM is K, 1 or 2. Broken variants: QUORUM_MINUS_ONE, DOUBLE_NOTARIZE, FINALIZE_AFTER_NULLIFY, NO_GATE,
 * NO_ANCESTRY_CHECK.
 */
#ifndef TERM
#define TERM 1
#endif

#ifdef QUORUM_MINUS_ONE
#define HONEST_QUORUM 1
#else
#define HONEST_QUORUM 2
#endif

#define A 1
#define B 2
#define C 1
#define D 2
#define E 4

/* Votes by honest node: sets of blocks for notarize and finalize, a bit for nullify. */
byte notarize1[3], notarize2[3], finalize1[3], finalize2[3];
bit nullify1[3], nullify2[3];
/* Current view; 3 is past the end of the model. */
byte view[3] = 1;

#define VOTES(set, block) (((set[0] & block) != 0) + ((set[1] & block) != 0) + ((set[2] & block) != 0))
#define CERTIFIED(set, block) (VOTES(set, block) >= HONEST_QUORUM)
#define NULLIFIED(set) (set[0] + set[1] + set[2] >= HONEST_QUORUM)

#define NOTARIZED1(block) CERTIFIED(notarize1, block)
#define NOTARIZED2(block) CERTIFIED(notarize2, block)
#define FINAL1(block) CERTIFIED(finalize1, block)
#define FINAL2(block) CERTIFIED(finalize2, block)
#define NULLIFIED1 NULLIFIED(nullify1)
#define NULLIFIED2 NULLIFIED(nullify2)

/* Rule 2: the parent is notarized and every view between is covered; inside a term the parent is the view before. */
#ifdef NO_ANCESTRY_CHECK
#define MAY_FOLLOW_GENESIS true
#define MAY_FOLLOW(block) true
#else
#if TERM == 1
#define MAY_FOLLOW_GENESIS NULLIFIED1
#else
#define MAY_FOLLOW_GENESIS false
#endif
#define MAY_FOLLOW(block) NOTARIZED1(block)
#endif

#ifdef DOUBLE_NOTARIZE
#define FIRST(set) true
#else
#define FIRST(set) (set[me] == 0)
#endif

/* Rule 3: (i) not after nullify; (ii) the gate: not after nullifying an earlier view of the term, unless a
 * finalization of the term at or above that view was seen. */
#ifdef FINALIZE_AFTER_NULLIFY
#define NOT_NULLIFIED(set) true
#else
#define NOT_NULLIFIED(set) (set[me] == 0)
#endif
#if TERM == 1 || defined(NO_GATE)
#define GATE true
#else
#define GATE (nullify1[me] == 0 || FINAL1(A) || FINAL1(B))
#endif

#define ENTER(next) view[me] = (view[me] < next -> next : view[me])

inline check() {
    assert(!(NOTARIZED1(A) && NOTARIZED1(B)));
    assert(NOTARIZED2(C) + NOTARIZED2(D) + NOTARIZED2(E) <= 1);
    assert(!((FINAL1(A) || FINAL1(B)) && NULLIFIED1));
    assert(!((FINAL2(C) || FINAL2(D) || FINAL2(E)) && NULLIFIED2));
#if TERM == 2
    assert(!((FINAL2(C) || FINAL2(D) || FINAL2(E)) && NULLIFIED1));
#endif
    /* Agreement: whatever is final lies on one chain. */
    assert(!(FINAL1(A) && FINAL1(B)));
    assert(!(FINAL1(A) && (FINAL2(C) || FINAL2(E))));
    assert(!(FINAL1(B) && (FINAL2(C) || FINAL2(D))));
    assert(FINAL2(C) + FINAL2(D) + FINAL2(E) <= 1);
}

proctype honest(byte me) {
end:
    do
    /* Rule 2, view 1 */
    :: d_step { view[me] == 1 && FIRST(notarize1) && !(notarize1[me] & A) -> notarize1[me] = notarize1[me] | A; check() }
    :: d_step { view[me] == 1 && FIRST(notarize1) && !(notarize1[me] & B) -> notarize1[me] = notarize1[me] | B; check() }
    /* Rule 2, view 2 */
    :: d_step { view[me] == 2 && FIRST(notarize2) && !(notarize2[me] & C) && MAY_FOLLOW_GENESIS ->
           notarize2[me] = notarize2[me] | C; check() }
    :: d_step { view[me] == 2 && FIRST(notarize2) && !(notarize2[me] & D) && MAY_FOLLOW(A) ->
           notarize2[me] = notarize2[me] | D; check() }
    :: d_step { view[me] == 2 && FIRST(notarize2) && !(notarize2[me] & E) && MAY_FOLLOW(B) ->
           notarize2[me] = notarize2[me] | E; check() }
    /* Rule 4 */
    :: d_step { view[me] == 1 && nullify1[me] == 0 && finalize1[me] == 0 -> nullify1[me] = 1; check() }
    :: d_step { view[me] == 2 && nullify2[me] == 0 && finalize2[me] == 0 -> nullify2[me] = 1; check() }
    :: d_step { NULLIFIED1 && view[me] < 1 + TERM -> view[me] = 1 + TERM }
    :: d_step { NULLIFIED2 && view[me] < 3 -> view[me] = 3 }
    /* Rule 3, view 1 */
    :: d_step { NOTARIZED1(A) && finalize1[me] == 0 && NOT_NULLIFIED(nullify1) ->
           finalize1[me] = A; ENTER(2); check() }
    :: d_step { NOTARIZED1(B) && finalize1[me] == 0 && NOT_NULLIFIED(nullify1) ->
           finalize1[me] = B; ENTER(2); check() }
    :: d_step { (NOTARIZED1(A) || NOTARIZED1(B)) && view[me] < 2 && nullify1[me] == 1 -> view[me] = 2 }
    /* Rule 3, view 2 */
    :: d_step { NOTARIZED2(C) && finalize2[me] == 0 && NOT_NULLIFIED(nullify2) && GATE ->
           finalize2[me] = C; ENTER(3); check() }
    :: d_step { NOTARIZED2(D) && finalize2[me] == 0 && NOT_NULLIFIED(nullify2) && GATE ->
           finalize2[me] = D; ENTER(3); check() }
    :: d_step { NOTARIZED2(E) && finalize2[me] == 0 && NOT_NULLIFIED(nullify2) && GATE ->
           finalize2[me] = E; ENTER(3); check() }
    :: d_step { (NOTARIZED2(C) || NOTARIZED2(D) || NOTARIZED2(E)) && view[me] < 3 -> view[me] = 3 }
    od
}

init {
    atomic { run honest(0); run honest(1); run honest(2) }
}
