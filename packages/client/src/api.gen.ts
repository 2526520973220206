// Written by `npm run generate` from docs/reference/openapi.json. Do not edit.
export interface paths {
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process runs */
        get: operations["health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The store answers, this node has followed its changes, and it was not told to stop */
        get: operations["ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask whether somebody may use a feature, and take what the answer spends
         * @description A refusal is an answer too: its status is 200. Takes a seat and a rate unit where the terms say so, and quota when `consume` is given.
         */
        post: operations["check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show every gate of every candidate for a question
         * @description Consumes nothing. With `at`, asks about another instant: needs the scope `simulate`, and the answer says `simulated`.
         */
        post: operations["explain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/leases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the slices of hard quotas that enforcers have, and those that nobody returned; the last to end come first */
        get: operations["listLeases"];
        put?: never;
        /**
         * Take a slice of a hard quota, to spend without asking
         * @description It counts as used from now on; what is returned is free again. At most a part of what is left is granted. An answer without a lease grants nothing, and its status is 200. Needs the scopes `decide` and `consume`.
         */
        post: operations["takeLease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/leases/{id}/renew": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say what was spent of a lease, and go on with it
         * @description All counts are in all, and an older `seq` changes nothing: reports may come twice, late and out of order. A lease that gets no more, since the quota is used up or the licence ended, still ends no sooner than it did.
         */
        post: operations["renewLease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/leases/{id}/return": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Close a lease with what was spent of it, and give the rest back
         * @description Safe to send again. Also after it ended, while its window is open for corrections (three days, unless `WRIT_USAGE_CORRECTION_DAYS` says otherwise): a lease that nobody returned counts as used whole.
         */
        post: operations["returnLease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/leases/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End a lease by force
         * @description Its enforcer gets no more, and returns what is left when it asks next. Where it never does, say once the lease is over what was `spent`: the rest is free again.
         */
        post: operations["endLease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rate-leases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the parts of rates that enforcers use by themselves; the last to end come first */
        get: operations["listRateLeases"];
        put?: never;
        /**
         * Take, keep, change or give back a part of a rate, to use without asking
         * @description One report says what the enforcer has and would have; the first takes a part, and one that keeps and wants nothing gives all back. An older `seq` changes nothing: reports may come twice, late and out of order. What an enforcer has nobody else lets through until it gives it back, or it is over. Needs the scopes `decide` and `consume`.
         */
        post: operations["reportRateLease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign what somebody may use now, for some minutes
         * @description Decides every feature of a product for one identity, as a check would, and signs the answers. Takes a seat where use needs one; nothing that is counted is taken by it. Whoever has the key set verifies it without asking.
         */
        post: operations["issueToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reservations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what is held back of a licence now, whoever reserved it; those that end first come first */
        get: operations["listReservations"];
        put?: never;
        /**
         * Ask as a check does, and hold units back for work whose amount is known when it is done
         * @description A refusal is an answer too: its status is 200, and it holds nothing back. A seat and a rate unit are taken as by a check. Needs the scopes `decide` and `consume`.
         */
        post: operations["reserve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reservations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a reservation of this credential */
        get: operations["readReservation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reservations/{id}/settle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Count what was used of a reservation, and give the rest back
         * @description Safe to send again: `amount` is what was used in all, not since the last time.
         */
        post: operations["settleReservation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reservations/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give back what is not settled of a reservation
         * @description Safe to send again; one that is over stays as it was.
         */
        post: operations["releaseReservation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/seats/hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Keep floating seats of identities that you have let in: a heartbeat
         * @description Answers with those that are held; a seat that is not among them was freed or given away, and is taken again by a check. Where the terms say `outage: keep`, a seat is kept until the offline grace is over: release it when its user is gone.
         */
        post: operations["holdSeats"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/seats/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give back floating seats that this process keeps
         * @description One that another process keeps since stays. An administrator frees any seat: `DELETE /v1/seats/{license}/{identity}`.
         */
        post: operations["releaseSeats"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/authzen-configuration": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What this decision point offers */
        get: operations["authzenConfiguration"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/access/v1/evaluation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Evaluate one access */
        post: operations["evaluation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/access/v1/evaluations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Evaluate up to 1,000 accesses in order */
        post: operations["evaluations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/access/v1/search/subject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find who may do this
         * @description Exactly those to whom an evaluation of the same question says yes now, in the order of their names. Commits nothing and records nothing.
         */
        post: operations["searchSubjects"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/access/v1/search/resource": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find what somebody may do this to, among the declared resources
         * @description Exactly those to whom an evaluation of the same question says yes now, in the order of their names. Commits nothing and records nothing.
         */
        post: operations["searchResources"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/access/v1/search/action": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find what somebody may do to this
         * @description Exactly those to whom an evaluation of the same question says yes now, in the order of their names. Commits nothing and records nothing.
         */
        post: operations["searchActions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ofrep/v1/evaluate/flags/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Evaluate one feature as a flag
         * @description A switch is true or false, a limit its number, a choice its value; a refused one is false, 0, or without a value. Takes nothing without `consume` in the context.
         */
        post: operations["evaluateFlag"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ofrep/v1/evaluate/flags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Evaluate every feature as a flag
         * @description Features that are asked about a resource are there when the context names one of their kind. With `If-None-Match`, 304 while nothing changed. Consumes nothing.
         */
        post: operations["evaluateFlags"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/snapshot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read all facts that this credential decides by, for a copy of World
         * @description JSON lines: what it is; facts, some a line; and at the end the `id` from which `/v1/changes` goes on. Without that last line it broke off, and is of no use. Facts of products and organizations that the credential does not see are not in it.
         */
        get: operations["readSnapshot"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow the changes of the facts that this credential decides by
         * @description Server-sent events. `change`: facts, each of which states an entity whole or removes it; with `more` the next event belongs to the same change. `time`: nothing else has changed up to now; at least every ten seconds, with a signed `stamp` that proves it where there is a key for it. `reset`: begin anew with a snapshot. `Last-Event-ID` goes on from there; without it, from now.
         */
        get: operations["followChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search what was decided, the last stored first
         * @description A record stands some hundred milliseconds after its answer.
         */
        get: operations["listDecisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/decisions/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count refusals by reason over a period, and in equal parts of it */
        get: operations["summariseDecisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find a person, an organization, a licence, a key, a product, a feature or a resource by a part of what it is called
         * @description Looks through what the credential has the scopes for, within what it sees. Of each kind the one whose id it is comes first. A key is found by its id or name, never by its text.
         */
        get: operations["find"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List organizations */
        get: operations["listOrganizations"];
        put?: never;
        /** Create an organization */
        post: operations["createOrganization"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an organization */
        get: operations["readOrganization"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change the title of an organization */
        patch: operations["updateOrganization"];
        trace?: never;
    };
    "/v1/organizations/{id}/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a customer's own roles */
        get: operations["readCustomerRoles"];
        /** Replace a customer's own roles */
        put: operations["replaceCustomerRoles"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/resources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List resources */
        get: operations["listResources"];
        put?: never;
        /** Declare a resource */
        post: operations["createResource"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/resources/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a resource */
        get: operations["readResource"];
        /** Say anew what a resource is */
        put: operations["replaceResource"];
        post?: never;
        /** Remove a resource: questions about it are refused from then on */
        delete: operations["removeResource"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products/{product}/editions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the editions of a product, newest first */
        get: operations["listEditions"];
        put?: never;
        /**
         * Publish terms as the next edition of a product
         * @description The same terms as the newest edition, whatever their comments and layout, change nothing and are answered with 200. Where they or the newest edition name sign-offs, they wait for these: 202.
         */
        post: operations["publishEdition"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List products, by id */
        get: operations["listProducts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products/{product}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a product */
        get: operations["readProduct"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products/{product}/editions/{edition}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an edition, its terms included */
        get: operations["readEdition"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products/{product}/editions/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say what publishing terms would come to
         * @description Consequences against the newest edition, what takes away first, and how many licences there are. Changes nothing. `plan_hash` names these terms onto that edition: publish with it as `if_plan`, and nothing else is published.
         */
        post: operations["planEdition"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products/{product}/editions/{edition}/diff/{other}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Say what one edition comes to for who has another
         * @description In consequences, not lines; what takes away first. From `edition` to `other`, in either order.
         */
        get: operations["diffEditions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products/{product}/editions/{edition}/contract": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an edition as prose
         * @description For legal and finance to read and sign: Markdown, numbered, complete, with the edition and its hash on top. The same edition always has the same text.
         */
        get: operations["readContract"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/publications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List terms of whichever product that wait for sign-offs, and those that did
         * @description Those of products that are not there yet too: a product is there once its first edition is signed off.
         */
        get: operations["listAllPublications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products/{product}/publications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List terms that wait for sign-offs, and those that did */
        get: operations["listPublications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products/{product}/publications/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read what is to be signed off: the terms, what they come to, and the contract in prose */
        get: operations["readPublication"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products/{product}/publications/{id}/sign-off": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign off exactly these terms in a role of your own; the last sign-off publishes them
         * @description By a key that acts for a person who has the role in the authority, who is not the one that asked for the publication, and who signs it in one role.
         */
        post: operations["signOff"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products/{product}/publications/{id}/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say in a role of your own that you do not sign these terms off, and why; they wait no longer */
        post: operations["refusePublication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products/{product}/publications/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back terms that wait for sign-offs */
        post: operations["withdrawPublication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products/{product}/rollouts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the roll-outs of a product, the latest first */
        get: operations["listRollouts"];
        put?: never;
        /**
         * Begin to roll an edition out: compare live decisions with those that there would be on it, and move nobody
         * @description For the newest edition, or one published with `staged` after it. Checks, evaluations, flags and reservations are answered as ever, and once more as they would be with the licence on the edition, on the same facts and usage at the same instant. The second answer spends nothing.
         */
        post: operations["startRollout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products/{product}/rollouts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read how far a roll-out is, and what was or would be different */
        get: operations["readRollout"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products/{product}/rollouts/{id}/differences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the differences that a roll-out would make, by licence and feature */
        get: operations["listRolloutDifferences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products/{product}/rollouts/{id}/moves": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the licences that a roll-out was to move, and what became of each */
        get: operations["listRolloutMoves"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products/{product}/rollouts/{id}/raise": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move a share of the licences to the edition, or a larger one
         * @description Which they are hangs on their ids alone: a larger share has all of a smaller one. Licences are moved behind the answer, each batch a change of its own: `is_moving` says whether some are on their way. Needs `manage:licenses` too.
         */
        post: operations["raiseRollout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products/{product}/rollouts/{id}/promote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move all licences that are left, and make the edition that of new ones
         * @description Licences are moved behind the answer, each batch a change of its own: `is_moving` says whether some are on their way. Needs `manage:licenses` too.
         */
        post: operations["promoteRollout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products/{product}/rollouts/{id}/roll-back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take back those that the roll-out has moved, each to the edition that it came from
         * @description Who was put elsewhere since stays there. Promoted, the edition is staged again, and new licences get the one before. Licences are moved behind the answer, each batch a change of its own: `is_moving` says whether some are on their way. Needs `manage:licenses` too.
         */
        post: operations["rollBack"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/identities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List identities */
        get: operations["listIdentities"];
        put?: never;
        /** Create an identity */
        post: operations["createIdentity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/identities/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an identity */
        get: operations["readIdentity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change an identity: each member given replaces what was there */
        patch: operations["updateIdentity"];
        trace?: never;
    };
    "/v1/identities/{id}/memberships/{organization}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Make an identity a member of an organization, or give a member other roles */
        put: operations["putMembership"];
        post?: never;
        /** End a membership, and with it the seats and grants that came with it */
        delete: operations["endMembership"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/identities/{id}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Suspend an identity: it is refused everything at once, and its seats are free */
        post: operations["suspendIdentity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/identities/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a suspended identity back in */
        post: operations["resumeIdentity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/identities/{id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Revoke an identity for good: it is refused everything at once, and its seats are free */
        post: operations["revokeIdentity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/identities/{id}/signals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the signals that stand against an identity, by id */
        get: operations["listSignals"];
        put?: never;
        /**
         * Raise a signal against an identity
         * @description It stands until it is withdrawn; a proof that is newer answers it, where terms ask for a proof.
         */
        post: operations["raiseSignal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/identities/{id}/signals/{signal}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Withdraw a signal */
        delete: operations["withdrawSignal"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/grants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List grants, those that are over or taken back included */
        get: operations["listGrants"];
        put?: never;
        /**
         * Record a grant that others approved
         * @description It fills the role and approval gates until it ends. It lifts no assurance, no hours, no region and no quota.
         */
        post: operations["createGrant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/grants/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a grant */
        get: operations["readGrant"];
        put?: never;
        post?: never;
        /** Take a grant back at once */
        delete: operations["revokeGrant"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/licenses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List licences */
        get: operations["listLicenses"];
        put?: never;
        /**
         * Issue a licence
         * @description To an `organization`, or to an identity as its `holder`. A `trial` has the length that the plan says, and is given once.
         */
        post: operations["issueLicense"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/licenses/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a licence */
        get: operations["readLicense"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change what a licence has of its own beside its plan */
        patch: operations["updateLicense"];
        trace?: never;
    };
    "/v1/licenses/{id}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Suspend a licence: from the next decision on it refuses */
        post: operations["suspendLicense"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/licenses/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lift a suspension */
        post: operations["resumeLicense"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/licenses/{id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Revoke a licence at once and for good */
        post: operations["revokeLicense"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/licenses/{id}/paid": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that the missing payment has come */
        post: operations["markPaid"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/licenses/{id}/renew": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a licence its next end; a trial becomes a paid licence */
        post: operations["renewLicense"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/licenses/{id}/change-plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put a licence on another plan; what was used stays used
         * @description What it overrides stays too, where the plan takes it; `overrides` says otherwise.
         */
        post: operations["changePlan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/licenses/{id}/past-due": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that a payment is missing: the grace for payment runs from then */
        post: operations["markPastDue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/licenses/{id}/transfer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a licence to another organization, or to an identity
         * @description Terms, dates, overrides and what was used go with it; seats are freed and license keys revoked. A trial is given to the new holder, who must not have had one. To undo it, give it back.
         */
        post: operations["transferLicense"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/edition-moves": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move licences to another edition of their terms, a batch at a time
         * @description Each licence is a change of its own, keeps its plan, dates, seats, overrides and what was used; one that cannot go stays, and is named with the reason. Ask again with `next` until there is none. It is held by what all of it would take, and confirmed once, with whichever batch is the first. With `dry_run`, says for the whole move who is on what and what changes for them, and moves nobody. For one licence, `POST /v1/licenses/{id}/change-plan`.
         */
        post: operations["moveToEdition"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/license-summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many licences stand how now, and on which editions they are */
        get: operations["summariseLicenses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/license-endings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the licences that end in a period
         * @description Trials are in it with the end of the trial. Revoked licences are not: they have ended.
         */
        get: operations["listEndings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/license-endings/days": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count the licences that end on each day of a period */
        get: operations["countEndings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/forecast": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What will happen by itself: which licences end, and which limits run out at the present trend
         * @description Looked at are the 200 fullest limits in use. One that is not full before its window or the licence ends is not in it, nor one with less than seven days of use, or use on less than three of them: those are counted as `unclear`.
         */
        get: operations["forecast"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/forecast/assurance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many could not prove what an edition asks for, were they on it */
        get: operations["forecastAssurance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/licenses/{id}/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the license keys of a licence, by id; never the secrets */
        get: operations["listLicenseKeys"];
        put?: never;
        /** Make a license key, which a customer types to activate */
        post: operations["createLicenseKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/licenses/{id}/keys/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a license key at once */
        delete: operations["revokeLicenseKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/licenses/{id}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the license files that were signed, by id */
        get: operations["listLicenseFiles"];
        put?: never;
        /**
         * Sign a license file for use without a network
         * @description With `roster` (the default) the file carries the members of the organization under pseudonyms, their roles, seats and grants; with `asserted` it carries nobody, and the application vouches for who asks. A file that is issued so carries no share of hard quotas: an activation has one.
         */
        post: operations["issueLicenseFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/status-lists/{list}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which places of a status list are suspended or revoked
         * @description A Status List Token (draft-ietf-oauth-status-list): two bits a place; 0 is good, 1 revoked, 2 suspended. License files and entitlement tokens name their place.
         */
        get: operations["readStatusList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/status-lists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The addresses of all status lists, to carry them somewhere */
        get: operations["listStatusLists"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/signing-keys/{kid}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which files of a compromised key still hold
         * @description Signed, with a key of its own use: the SHA-256 of every license file that a revoked key signed and that was logged before `revoked_at`, ten thousand a part; `parts` inside says how many there are. Compact JWS of typ `writ-file-log+jwt`. Of a key that is not revoked there is none.
         */
        get: operations["readFileLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/signing-keys/{kid}/impact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Say what would stop verifying if a signing key were revoked
         * @description Changes nothing. It stops where the new key set is heard of, and offline where it is carried to. Revoking is never held for it, and making the next key takes nothing: what the one before signed holds, also when its term is over.
         */
        get: operations["foretellKeyRevocation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/activations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List activations */
        get: operations["listActivations"];
        put?: never;
        /**
         * Activate a device: a place in the licence, and a license file bound to its key
         * @description With an API key, or with a license key as the bearer token. `request` is signed by the key of the device; sent again, it is answered with the same activation and a fresh file.
         */
        post: operations["activate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/activations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an activation */
        get: operations["readActivation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/activations/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Free the place of a device that is lost or replaced
         * @description With a license key, or an API key that is limited to organizations, it is one of the releases that the customer has within 30 days. What the device held of quotas and seats stays held for as long as its file could be used; with `free_share` it is free at once, which takes `manage:licenses`, and `licenses.write` of whom the key acts for.
         */
        post: operations["releaseActivation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/activations/{id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Release a device, and never activate it again under this licence */
        post: operations["revokeActivation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/activations/{id}/contact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A device says that it is there and what it spent, and is given a fresh file
         * @description The signature of the device is the credential. An answer without a file says by `state` why.
         */
        post: operations["contact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/licenses/{id}/activation-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read how a licence may be activated */
        get: operations["readActivationRules"];
        /**
         * Say how a licence may be activated
         * @description For the vendor: it takes `manage:licenses`. Devices that are activated stay so.
         */
        put: operations["replaceActivationRules"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/seats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the seats in use */
        get: operations["listSeats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/licenses/{id}/seats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many seats a licence has, and how many are in use */
        get: operations["summariseSeats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/seats/{license}/{identity}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Give an identity a seat */
        put: operations["assignSeat"];
        post?: never;
        /** Take a seat from an identity */
        delete: operations["freeSeat"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a licence has used of each limited meter, in the windows that are open now */
        get: operations["readUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What is counted of licences in the windows that are open now, for an enforcer that counts soft limits by itself
         * @description One query for all of them. A licence that is not there, or out of reach, has no counts. Changes nothing.
         */
        post: operations["readUsageCounts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The limits that are nearest to full, across licences that are in use */
        get: operations["listFullestLimits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a licence consumed of a meter, hour by hour, day by day or month by month
         * @description At most 800 steps. They are whole: the first holds `from`, the last the instant before `to`. What was reserved counts once it is settled, at the instant it was reserved.
         */
        get: operations["readUsageHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/licenses/{id}/usage/receipt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A signed receipt of what is counted of a meter in a period, as of now
         * @description A JWS with `typ` `writ-usage-receipt+jwt`, by a key that signs nothing else.
         */
        get: operations["readUsageReceipt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/licenses/{id}/usage/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every usage that is counted of a meter in a period, as a receipt has the digest of
         * @description One JSON array a line: when it counts (epoch milliseconds), source, id, amount, and when it happened where that was too late to count then. SHA-256 of all of it is the digest of the receipt for the same period. Streamed: an answer that breaks off is not whole.
         */
        get: operations["listCountedUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List your imports, newest first */
        get: operations["listImports"];
        put?: never;
        /** Begin an import, or find the one of this id again */
        post: operations["beginImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far an import is */
        get: operations["readImport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/imports/{id}/faults": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The report: every row that was refused, and why */
        get: operations["listImportFaults"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exports/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export all of a kind that the credential sees, as an import takes it
         * @description Streamed: an answer that breaks off is not whole.
         */
        get: operations["exportRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/impact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say who would lose or gain what by a change, or by time alone, and when
         * @description With `change`, any request that offers `dry_run`: it is tried as yours and undone. With `publish`, terms. With neither, what will happen by itself. Somebody "loses" a feature who could use it under the most favourable circumstances before and could not after. Changes nothing; told as far as your credential sees.
         */
        post: operations["foretellImpact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/parked-changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List changes that wait for somebody else to confirm them, and what became of others */
        get: operations["listParkedChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/parked-changes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a parked change */
        get: operations["readParkedChange"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/parked-changes/{id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm what somebody else asked for: it is done now
         * @description As a deed of who asked, confirmed by you. Another key than theirs, and another identity. If it would take something else by now it is not done: 409 `CHANGE_PARKED`, and another one waits that says what.
         */
        post: operations["confirmParkedChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/parked-changes/{id}/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Discard a parked change: it is not done */
        post: operations["discardParkedChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The state of every kind of key, and what needs attention */
        get: operations["readKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/data-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make the next data key: it seals from now on
         * @description What the ones before sealed is sealed anew in the background, and opens meanwhile. `GET /v1/keys` shows how far that is.
         */
        post: operations["rotateDataKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/data-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a data key that opens nothing any more
         * @description Refused while it seals, for an hour after, and while any text is sealed by it.
         */
        delete: operations["retireDataKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/master-key/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Wrap every data key by another of the configured master keys
         * @description At once and for all of them. Every node must have the new master key by then, and the old one is not needed after.
         */
        post: operations["rotateMasterKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/writ-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The root and what it says of the keys that sign in its name */
        get: operations["readKeySet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/signing-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the root and the keys that it vouches for */
        get: operations["listSigningKeys"];
        put?: never;
        /**
         * Make the next signing key of a use now
         * @description Not needed in everyday life: one is made before the last one ends. Files signed before stay good. Without `use`: license files.
         */
        post: operations["rotateSigningKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/signing-keys/{kid}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that a signing key is compromised
         * @description Files issued from `at` on are refused by whoever has the new key set. The next file is signed by a new key.
         */
        post: operations["revokeSigningKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/signing-keys/prepare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a signing key for a root that is kept outside the store
         * @description It signs nothing until the root has vouched for it: `PUT /v1/signing-keys/{kid}/statement`. Without `use`: license files.
         */
        post: operations["prepareSigningKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/signing-keys/{kid}/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Hand in what the root, outside the store, says of a signing key
         * @description A key statement of its use that covers its whole term and all products: that it is good, or, with `revoked_at`, since when it is not.
         */
        put: operations["acceptStatement"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/root/backup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a backup of the root key, encrypted under a passphrase
         * @description Takes no `Idempotency-Key`: nothing of the passphrase is kept, not even to recognise a retry.
         */
        post: operations["backUpRoot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/root/take-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take the root key out of the store, once its backup has been seen to open
         * @description From then on license signing keys are vouched for with the backup, away from here. Takes no `Idempotency-Key`: nothing of the passphrase is kept, not even to recognise a retry.
         */
        post: operations["takeRootOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/root/bring-back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put the root key back into the store, from its backup
         * @description Takes no `Idempotency-Key`: nothing of the passphrase is kept, not even to recognise a retry.
         */
        post: operations["bringRootBack"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Exchange the setup code of the first start for an administrator's key */
        post: operations["setUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List API keys, revoked ones included */
        get: operations["listApiKeys"];
        put?: never;
        /** Create an API key that reaches no further than your own */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/enforcers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List who follows the changes at this node now, and how far behind
         * @description Those furthest behind first, the first 1,000 of them. Of several nodes behind one address each knows its own alone, and the one that answers speaks; `writ_live_subscribers` of each sums up to all.
         */
        get: operations["listConnectedEnforcers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an API key */
        get: operations["readApiKey"];
        put?: never;
        post?: never;
        /** Revoke an API key at once */
        delete: operations["revokeApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give an API key a new secret; the one before opens as well for a time */
        post: operations["rotateApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{id}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Say what an API key was used for, what it could see, and which keys were made with it */
        get: operations["reportApiKey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Revoke an API key at once, and if wanted all that were made with it
         * @description With `dry_run`, says which those are.
         */
        post: operations["revokeApiKeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/leak": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Revoke an API key that was found somewhere, by its text
         * @description Needs no credential: holding the key is enough. For finders and for secret scanners.
         */
        post: operations["reportLeak"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List webhooks that reach no further than you */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Have events brought to an address, from now on
         * @description Signed by Standard Webhooks, at least once each, in order as far as retries allow.
         */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a webhook */
        get: operations["readWebhook"];
        put?: never;
        post?: never;
        /** Delete a webhook with its deliveries */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        /**
         * Change a webhook, disable it, or enable it again
         * @description Events from while it was disabled are not delivered later; those that waited before are.
         */
        patch: operations["changeWebhook"];
        trace?: never;
    };
    "/v1/webhooks/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a webhook another secret; for a time everything is signed by both */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a trial now, `webhook.test`, and say what came back */
        post: operations["testWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what was brought to a webhook, or is to be */
        get: operations["listDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/deliveries/{event}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Deliver one event again, now */
        post: operations["retryDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search who did what, and what was refused to whom, newest first */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read one row of the audit */
        get: operations["readAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read who is signed in by the cookie of this request */
        get: operations["readSignIn"];
        put?: never;
        /**
         * Exchange an API key for the cookie of the console
         * @description From the page of the console alone. It ends after twelve hours, when it is ended, and with the secret that began it.
         */
        post: operations["signIn"];
        /** End the sign-in of this request */
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/backups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a backup of the whole store, encrypted, while it serves
         * @description Say either a passphrase or age recipients. The master key is not in it. Takes no `Idempotency-Key`: nothing of the passphrase is kept, not even to recognise a retry.
         */
        post: operations["takeBackup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Say who asks, and what they may do here */
        get: operations["readMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report usage that has happened, by CloudEvents
         * @description CloudEvents 1.0 over HTTP: one event, structured (`application/cloudevents+json`) or binary (`ce-` fields, the data as `application/json`), or a batch of up to 1000 (`application/cloudevents-batch+json`); plain `application/json` is taken for what it holds. An event counts once by what it names, its `source` and its `id`, however often it is sent. It counts in the window of its own time, also beyond a limit. A batch is answered with 200 and what became of each event; one event that is refused is a problem.
         */
        post: operations["reportUsage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/imports/{id}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send rows of an import, all or the next part
         * @description The body is the text in the format of the import, `text/csv` or `application/x-ndjson`. Rows are done in batches as they come. After a break send the same again, or `after` as many rows as are done, the header repeated. A batch that would take something from more than a few, those before it that went through unasked counted with it, is held: send the same again with `Writ-Confirmation`.
         */
        post: operations["sendRows"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Problem: {
            /** Format: uri */
            type: string;
            title: string;
            status: number;
            detail: string;
            code: string;
            /**
             * Format: uri
             * @description Names the request; its id is in the log.
             */
            instance: string;
            errors?: {
                /** @description body, query, path or headers */
                in: string;
                /** @description JSON pointer (RFC 6901) into that part */
                pointer: string;
                detail: string;
                /** @description Of a fault that has a code of its own. */
                code?: string;
            }[];
            /** @description Of a plan that there is not: those that the edition has. */
            plans?: string[];
            /** @description The feature of the authority's own terms that was refused. */
            feature?: string;
            remedies?: ({
                type: string;
            } & {
                [key: string]: unknown;
            })[];
            /** @description Who can mend it: the roles that permit it, and the owners, who give them. */
            mended_by?: {
                roles: string[];
                owners?: string[];
            };
            impact?: {
                revision: number;
                /** Format: date-time */
                from: string;
                /**
                 * Format: date-time
                 * @description Exclusive. Absent: however late it is.
                 */
                until?: string;
                /** @description Identities that can use something no more. */
                losing: number;
                /** @description Identities that can use something that they could not. */
                gaining: number;
                /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                changing: number;
                products: {
                    product: string;
                    /** @description Identities that can use something no more. */
                    losing: number;
                    /** @description Identities that can use something that they could not. */
                    gaining: number;
                    /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                    changing: number;
                }[];
                features: {
                    product: string;
                    feature: string;
                    command?: string;
                    /** @description Identities that can use something no more. */
                    losing: number;
                    /** @description Identities that can use something that they could not. */
                    gaining: number;
                    /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                    changing: number;
                }[];
                /** @description When it begins, the first ones. */
                instants: {
                    /** Format: date-time */
                    at: string;
                    /** @description Identities that can use something no more. */
                    losing: number;
                    /** @description Identities that can use something that they could not. */
                    gaining: number;
                    /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                    changing: number;
                }[];
                /** @description Those who share all that decides, the largest first. */
                groups: {
                    identities: number;
                    examples: string[];
                    /** @description Absent: by licences of their own. */
                    organization?: string;
                    product: string;
                    /** @description Of the organization for the product, as they are now. */
                    licenses: {
                        license: string;
                        plan: string;
                        edition: number;
                    }[];
                    roles?: string[];
                    effects: {
                        feature: string;
                        command?: string;
                        effect: "loses" | "gains" | "changes";
                        /** Format: date-time */
                        at: string;
                        /** @description Of a loss, why not any more; of a gain, why not before. */
                        reason?: string;
                        /** @description Of a change, what is another: assurance, conditions, quota, … */
                        parts?: string[];
                    }[];
                }[];
                /** @description Groups that are not shown. */
                more_groups: number;
            };
            /** @description Of a batch of licences that are moved to another edition: what it takes by itself, some of it only until a later batch gives it back. `impact` is of all that is left, and both are confirmed. */
            meanwhile?: {
                revision: number;
                /** Format: date-time */
                from: string;
                /**
                 * Format: date-time
                 * @description Exclusive. Absent: however late it is.
                 */
                until?: string;
                /** @description Identities that can use something no more. */
                losing: number;
                /** @description Identities that can use something that they could not. */
                gaining: number;
                /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                changing: number;
                products: {
                    product: string;
                    /** @description Identities that can use something no more. */
                    losing: number;
                    /** @description Identities that can use something that they could not. */
                    gaining: number;
                    /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                    changing: number;
                }[];
                features: {
                    product: string;
                    feature: string;
                    command?: string;
                    /** @description Identities that can use something no more. */
                    losing: number;
                    /** @description Identities that can use something that they could not. */
                    gaining: number;
                    /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                    changing: number;
                }[];
                /** @description When it begins, the first ones. */
                instants: {
                    /** Format: date-time */
                    at: string;
                    /** @description Identities that can use something no more. */
                    losing: number;
                    /** @description Identities that can use something that they could not. */
                    gaining: number;
                    /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                    changing: number;
                }[];
                /** @description Those who share all that decides, the largest first. */
                groups: {
                    identities: number;
                    examples: string[];
                    /** @description Absent: by licences of their own. */
                    organization?: string;
                    product: string;
                    /** @description Of the organization for the product, as they are now. */
                    licenses: {
                        license: string;
                        plan: string;
                        edition: number;
                    }[];
                    roles?: string[];
                    effects: {
                        feature: string;
                        command?: string;
                        effect: "loses" | "gains" | "changes";
                        /** Format: date-time */
                        at: string;
                        /** @description Of a loss, why not any more; of a gain, why not before. */
                        reason?: string;
                        /** @description Of a change, what is another: assurance, conditions, quota, … */
                        parts?: string[];
                    }[];
                }[];
                /** @description Groups that are not shown. */
                more_groups: number;
            };
            /** @description With `meanwhile`: identities that lose something by either. */
            losing?: number;
            /** @description Send the same request again with the token as `Writ-Confirmation`. Good for once, and for just this impact. */
            confirmation?: {
                token: string;
                /** Format: date-time */
                expires_at: string;
            };
            /** @description Where it waits: /v1/parked-changes/ and this. */
            parked_change?: string;
            /**
             * @description Sent again with the token it waits for somebody else, who confirms it too.
             * @enum {boolean}
             */
            second_person?: true;
            /**
             * @description What was confirmed before is no longer what it would come to.
             * @enum {boolean}
             */
            changed?: true;
            /** @description Of an import, a roll-out or moves to another edition: how many lost something by rows or steps before, unasked; they count with this. */
            taken_before?: number;
            /** @description With `second_person`: how many lost something by steps before, which one person confirmed; they count with this. */
            confirmed_before?: number;
            /** @description The scope that was missing; of several, separated by spaces, any would do. */
            scope?: string;
            /** @description Of a licence that is activated as often as it may be. */
            most?: number;
            /** @description Of a check-out that is too long. */
            most_days?: number;
            /** @description Of what a device signed out of time: the time here, in epoch seconds. */
            now?: number;
            /** @description Releases that the customer has within 30 days. */
            self_releases?: number;
            /** @description When the customer may release again, in epoch milliseconds. */
            next?: number;
            /** @description Of a share of a quota that cannot be given; of seats there is none. */
            meter?: string;
            /** @description What of it could be. */
            left?: number;
            /** @description Of a workload identity token that does not hold. */
            fault?: string;
            /** @description Of faulty terms: every fault, in the order of the file. */
            findings?: {
                severity: "error" | "warning";
                code: string;
                /** @description From 1, as editors count; 0: the file as a whole. */
                line: number;
                column: number;
                message: string;
                suggestion?: string;
            }[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        status: string;
                        revision?: number;
                        behind?: number;
                        /** @description Another one after each restore: what was kept of the one before is to be read again. */
                        incarnation?: string;
                    };
                };
            };
        };
    };
    ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        status: string;
                        revision?: number;
                        behind?: number;
                        /** @description Another one after each restore: what was kept of the one before is to be read again. */
                        incarnation?: string;
                    };
                };
            };
            /** @description Default Response */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        status: string;
                        revision?: number;
                        behind?: number;
                        /** @description Another one after each restore: what was kept of the one before is to be read again. */
                        incarnation?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    check: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    identity?: string | {
                        issuer: string;
                        subject: string;
                    };
                    actor?: string | {
                        issuer: string;
                        subject: string;
                    };
                    organization?: string;
                    /** @description `atlas:report.export`, or `report.export` where one product alone knows it. */
                    feature: string;
                    commands?: string[];
                    resource?: string | {
                        id: string;
                        kind?: string;
                        environment?: string;
                        region?: string;
                        labels?: {
                            [key: string]: string;
                        };
                    };
                    context?: {
                        [key: string]: (string | boolean | number | string[]) | null;
                    };
                    proofs?: {
                        level: string;
                        /** @description RFC 3339 */
                        at: string;
                        session?: string;
                        device?: string;
                    }[];
                    wanted?: number | string;
                    partial?: boolean;
                    properties?: {
                        subject?: {
                            [key: string]: string | boolean | number | string[];
                        };
                        resource?: {
                            [key: string]: string | boolean | number | string[];
                        };
                        action?: {
                            [key: string]: string | boolean | number | string[];
                        };
                    };
                    consume?: {
                        amount: number;
                        /** @description Unique to this credential; sending it again gives the first answer again, unless the identity or the licence has ended since. 1 to 256 printable ASCII characters. */
                        id: string;
                    };
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        allowed: boolean;
                        /** @description On a refusal only; one of the codes of decision.md section 3. */
                        reason?: string;
                        remedies: ({
                            /** @enum {unknown} */
                            type: "buy" | "renew" | "contact" | "wait" | "assign_seat" | "upgrade" | "request_access" | "step_up" | "enrol" | "reconnect" | "reactivate";
                        } & {
                            [key: string]: unknown;
                        })[];
                        obligations: ({
                            /** @enum {unknown} */
                            type: "record" | "mask";
                        } & {
                            [key: string]: unknown;
                        })[];
                        notices: ({
                            /** @enum {unknown} */
                            type: "in_grace" | "trial" | "overage" | "degraded" | "would_refuse" | "stale";
                        } & {
                            [key: string]: unknown;
                        })[];
                        value?: number | string;
                        admitted?: number;
                        license?: string;
                        entry?: number;
                        grant?: string;
                        edition?: number;
                        revision: number;
                        /** @description RFC 3339: the first instant at which time alone changes the answer. */
                        expires?: string;
                        simulated?: boolean;
                        trace?: {
                            license?: string;
                            plan?: string;
                            /** @description What of the plan the licence overrides here. */
                            overrides?: string[];
                            entry?: number;
                            gates: {
                                gate: string;
                                /** @enum {unknown} */
                                outcome: "passed" | "refused" | "softened" | "skipped";
                                reason?: string;
                                detail?: string;
                            }[];
                        }[];
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    explain: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description As a check; nothing is consumed. With `at` the answer is for that instant, and marked `simulated`. */
        requestBody: {
            content: {
                "application/json": {
                    identity?: string | {
                        issuer: string;
                        subject: string;
                    };
                    actor?: string | {
                        issuer: string;
                        subject: string;
                    };
                    organization?: string;
                    /** @description `atlas:report.export`, or `report.export` where one product alone knows it. */
                    feature: string;
                    commands?: string[];
                    resource?: string | {
                        id: string;
                        kind?: string;
                        environment?: string;
                        region?: string;
                        labels?: {
                            [key: string]: string;
                        };
                    };
                    context?: {
                        [key: string]: (string | boolean | number | string[]) | null;
                    };
                    proofs?: {
                        level: string;
                        /** @description RFC 3339 */
                        at: string;
                        session?: string;
                        device?: string;
                    }[];
                    wanted?: number | string;
                    partial?: boolean;
                    properties?: {
                        subject?: {
                            [key: string]: string | boolean | number | string[];
                        };
                        resource?: {
                            [key: string]: string | boolean | number | string[];
                        };
                        action?: {
                            [key: string]: string | boolean | number | string[];
                        };
                    };
                    consume?: {
                        amount: number;
                        /** @description Unique to this credential; sending it again gives the first answer again, unless the identity or the licence has ended since. 1 to 256 printable ASCII characters. */
                        id: string;
                    };
                    /** @description RFC 3339. Needs the scope `simulate`. */
                    at?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        allowed: boolean;
                        /** @description On a refusal only; one of the codes of decision.md section 3. */
                        reason?: string;
                        remedies: ({
                            /** @enum {unknown} */
                            type: "buy" | "renew" | "contact" | "wait" | "assign_seat" | "upgrade" | "request_access" | "step_up" | "enrol" | "reconnect" | "reactivate";
                        } & {
                            [key: string]: unknown;
                        })[];
                        obligations: ({
                            /** @enum {unknown} */
                            type: "record" | "mask";
                        } & {
                            [key: string]: unknown;
                        })[];
                        notices: ({
                            /** @enum {unknown} */
                            type: "in_grace" | "trial" | "overage" | "degraded" | "would_refuse" | "stale";
                        } & {
                            [key: string]: unknown;
                        })[];
                        value?: number | string;
                        admitted?: number;
                        license?: string;
                        entry?: number;
                        grant?: string;
                        edition?: number;
                        revision: number;
                        /** @description RFC 3339: the first instant at which time alone changes the answer. */
                        expires?: string;
                        simulated?: boolean;
                        trace?: {
                            license?: string;
                            plan?: string;
                            /** @description What of the plan the licence overrides here. */
                            overrides?: string[];
                            entry?: number;
                            gates: {
                                gate: string;
                                /** @enum {unknown} */
                                outcome: "passed" | "refused" | "softened" | "skipped";
                                reason?: string;
                                detail?: string;
                            }[];
                        }[];
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listLeases: {
        parameters: {
            query?: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                license?: string;
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                organization?: string;
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                product?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            id: string;
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            license: string;
                            feature: string;
                            meter: string;
                            /** @description Of the report that this answers; 0 before the first. */
                            seq: number;
                            /** @description In all, less what was given back. It counts as used from the start. */
                            granted: number;
                            /** @description As last reported. */
                            spent: number;
                            /** @enum {string} */
                            state: "open" | "ended" | "unreported" | "closed";
                            /** Format: date-time */
                            leased_at: string;
                            /**
                             * Format: date-time
                             * @description Exclusive: nothing of it is spent from then on.
                             */
                            until: string;
                            /** @description From the answer to `until`. Counted from when the question was sent, it holds whatever the clock of the enforcer says. */
                            milliseconds: number;
                            windows: {
                                /** Format: date-time */
                                from: string;
                                /** Format: date-time */
                                until: string;
                                /** @description That the slice was cut from. Absent: counted in this window, and never refused. */
                                limit?: number;
                            }[];
                            /** @description The API key that leased. */
                            source: string;
                        }[];
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    takeLease: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Unique to this credential among its leases; sending it again gives the same lease. */
                    id: string;
                    /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                    license: string;
                    /** @description By its name within the product. */
                    feature: string;
                    /** @description Wanted; fewer may be granted. 0: nothing, and an asking of the same id that comes late finds it closed. */
                    units: number;
                    /**
                     * @description How long nobody has to hear of it; it ends sooner where a window or the licence does.
                     * @default 60
                     */
                    seconds?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        lease?: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            id: string;
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            license: string;
                            feature: string;
                            meter: string;
                            /** @description Of the report that this answers; 0 before the first. */
                            seq: number;
                            /** @description In all, less what was given back. It counts as used from the start. */
                            granted: number;
                            /** @description As last reported. */
                            spent: number;
                            /** @enum {string} */
                            state: "open" | "ended" | "unreported" | "closed";
                            /** Format: date-time */
                            leased_at: string;
                            /**
                             * Format: date-time
                             * @description Exclusive: nothing of it is spent from then on.
                             */
                            until: string;
                            /** @description From the answer to `until`. Counted from when the question was sent, it holds whatever the clock of the enforcer says. */
                            milliseconds: number;
                            windows: {
                                /** Format: date-time */
                                from: string;
                                /** Format: date-time */
                                until: string;
                                /** @description That the slice was cut from. Absent: counted in this window, and never refused. */
                                limit?: number;
                            }[];
                        };
                        /** @description Why nothing is granted, where nothing is. */
                        reason?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    renewLease: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Higher than in every report before. */
                    seq: number;
                    /** @description In all, when this was sent. */
                    spent: number;
                    /** @description At most so much is spent until the answer comes; the rest is given back. Absent: all that is left is kept. */
                    keep?: number;
                    /**
                     * @description Wanted beyond what is kept.
                     * @default 0
                     */
                    units?: number;
                    /**
                     * @description How long nobody has to hear of it; it ends sooner where a window or the licence does.
                     * @default 60
                     */
                    seconds?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        lease?: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            id: string;
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            license: string;
                            feature: string;
                            meter: string;
                            /** @description Of the report that this answers; 0 before the first. */
                            seq: number;
                            /** @description In all, less what was given back. It counts as used from the start. */
                            granted: number;
                            /** @description As last reported. */
                            spent: number;
                            /** @enum {string} */
                            state: "open" | "ended" | "unreported" | "closed";
                            /** Format: date-time */
                            leased_at: string;
                            /**
                             * Format: date-time
                             * @description Exclusive: nothing of it is spent from then on.
                             */
                            until: string;
                            /** @description From the answer to `until`. Counted from when the question was sent, it holds whatever the clock of the enforcer says. */
                            milliseconds: number;
                            windows: {
                                /** Format: date-time */
                                from: string;
                                /** Format: date-time */
                                until: string;
                                /** @description That the slice was cut from. Absent: counted in this window, and never refused. */
                                limit?: number;
                            }[];
                        };
                        /** @description Why nothing is granted, where nothing is. */
                        reason?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    returnLease: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description In all, for good. */
                    spent: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        license: string;
                        feature: string;
                        meter: string;
                        /** @description Of the report that this answers; 0 before the first. */
                        seq: number;
                        /** @description In all, less what was given back. It counts as used from the start. */
                        granted: number;
                        /** @description As last reported. */
                        spent: number;
                        /** @enum {string} */
                        state: "open" | "ended" | "unreported" | "closed";
                        /** Format: date-time */
                        leased_at: string;
                        /**
                         * Format: date-time
                         * @description Exclusive: nothing of it is spent from then on.
                         */
                        until: string;
                        /** @description From the answer to `until`. Counted from when the question was sent, it holds whatever the clock of the enforcer says. */
                        milliseconds: number;
                        windows: {
                            /** Format: date-time */
                            from: string;
                            /** Format: date-time */
                            until: string;
                            /** @description That the slice was cut from. Absent: counted in this window, and never refused. */
                            limit?: number;
                        }[];
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endLease: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The API key that leased. */
                    source: string;
                    /** @description Of a lease that is over: said in the stead of its enforcer, for good. */
                    spent?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        license: string;
                        feature: string;
                        meter: string;
                        /** @description Of the report that this answers; 0 before the first. */
                        seq: number;
                        /** @description In all, less what was given back. It counts as used from the start. */
                        granted: number;
                        /** @description As last reported. */
                        spent: number;
                        /** @enum {string} */
                        state: "open" | "ended" | "unreported" | "closed";
                        /** Format: date-time */
                        leased_at: string;
                        /**
                         * Format: date-time
                         * @description Exclusive: nothing of it is spent from then on.
                         */
                        until: string;
                        /** @description From the answer to `until`. Counted from when the question was sent, it holds whatever the clock of the enforcer says. */
                        milliseconds: number;
                        windows: {
                            /** Format: date-time */
                            from: string;
                            /** Format: date-time */
                            until: string;
                            /** @description That the slice was cut from. Absent: counted in this window, and never refused. */
                            limit?: number;
                        }[];
                        /** @description The API key that leased. */
                        source: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRateLeases: {
        parameters: {
            query?: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                license?: string;
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                organization?: string;
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                product?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            id: string;
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            license: string;
                            /** @description By its name within the product. */
                            feature: string;
                            /** @description As the plan has it. */
                            rate: {
                                count: number;
                                period_seconds: 1 | 60 | 3600;
                                burst: number;
                            };
                            /** @description What it has of the count of the rate, with as much of the burst. */
                            count: number;
                            /** @description What it would have, were it free. */
                            wanted: number;
                            /** Format: date-time */
                            until: string;
                            /** @description The API key that leased. */
                            source: string;
                        }[];
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reportRateLease: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Unique to this credential among its parts of this rate, and made anew with each start. */
                    id: string;
                    /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                    license: string;
                    /** @description By its name within the product. */
                    feature: string;
                    /** @description As the plan has it. */
                    rate: {
                        count: number;
                        period_seconds: 1 | 60 | 3600;
                        burst: number;
                    };
                    /** @description Higher than in every report before. */
                    seq: number;
                    /** @description What it had of the count, as far as it heard. */
                    had: number;
                    /** @description Of that it goes on with so much, and no more from before this was sent. */
                    keep: number;
                    /** @description What it had is used up for so long, when this was sent. */
                    backlog_milliseconds: number;
                    /** @description Would have in all; fewer may be given. */
                    wanted: number;
                    /**
                     * @description Units that are to go through at once.
                     * @default 1
                     */
                    amount?: number;
                    /**
                     * @description How long nobody has to hear of it.
                     * @default 60
                     */
                    seconds?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        lease: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            id: string;
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            license: string;
                            /** @description By its name within the product. */
                            feature: string;
                            /** @description As the plan has it. */
                            rate: {
                                count: number;
                                period_seconds: 1 | 60 | 3600;
                                burst: number;
                            };
                            /** @description Of the report that this answers. */
                            seq: number;
                            /** @description What it has of the count of the rate, with as much of the burst. */
                            count: number;
                            /** @description Of that, what it had and keeps. */
                            kept: number;
                            /** @description Of that, what it had not. */
                            added: number;
                            /** @description What was added is used up for so long, from when the answer comes. */
                            backlog_milliseconds: number;
                            /** @description To be kept at most with the next report: others lack what is theirs. */
                            fair: number;
                            /**
                             * Format: date-time
                             * @description Exclusive: nothing goes through it from then on.
                             */
                            until: string;
                            /** @description From the answer to `until`. Counted from when the report was sent, it holds whatever the clock of the enforcer says. */
                            milliseconds: number;
                        };
                        /** @description Why nothing more is given, where the licence says so. */
                        reason?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    issueToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    identity: string | {
                        issuer: string;
                        subject: string;
                    };
                    actor?: string | {
                        issuer: string;
                        subject: string;
                    };
                    organization?: string;
                    context?: {
                        [key: string]: (string | boolean | number | string[]) | null;
                    };
                    proofs?: {
                        level: string;
                        /** @description RFC 3339 */
                        at: string;
                        session?: string;
                        device?: string;
                    }[];
                    properties?: {
                        subject?: {
                            [key: string]: string | boolean | number | string[];
                        };
                        resource?: {
                            [key: string]: string | boolean | number | string[];
                        };
                        action?: {
                            [key: string]: string | boolean | number | string[];
                        };
                    };
                    product: string;
                    /** @description Bare names. Absent: all of the product. */
                    features?: string[];
                    /** @description Ids. Features about a resource are told of these alone. */
                    resources?: string[];
                    /** @description Who is to go by it. Absent: the product. */
                    audience?: string;
                    /** @description How long it holds. Absent: 300. */
                    seconds?: number;
                    /** @description RFC 7638 thumbprint of a key: the token is then of use only with a DPoP proof by it, RFC 9449. */
                    dpop_jkt?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description A JWT of the type `writ-entitlement+jwt`, signed by a key of the use `entitlement_token`. */
                        token: string;
                        /** @enum {unknown} */
                        token_type: "Bearer" | "DPoP";
                        /** @description Seconds. */
                        expires_in: number;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listReservations: {
        parameters: {
            query: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                license: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            id: string;
                            /** @description Held back. With `partial` it may be less than was asked for. */
                            amount: number;
                            /** @description Counted so far, in the window in which it was reserved. */
                            settled: number;
                            /** @enum {string} */
                            state: "open" | "settled" | "released" | "expired";
                            /** Format: date-time */
                            reserved_at: string;
                            /**
                             * Format: date-time
                             * @description Exclusive: from then on nothing of it can be settled.
                             */
                            until: string;
                            /** @description The API key that reserved. */
                            source: string;
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            license: string;
                            /** @description Absent: the feature has none, and nothing is held back. */
                            meter?: string;
                        }[];
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reserve: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    identity?: string | {
                        issuer: string;
                        subject: string;
                    };
                    actor?: string | {
                        issuer: string;
                        subject: string;
                    };
                    organization?: string;
                    /** @description `atlas:report.export`, or `report.export` where one product alone knows it. */
                    feature: string;
                    commands?: string[];
                    resource?: string | {
                        id: string;
                        kind?: string;
                        environment?: string;
                        region?: string;
                        labels?: {
                            [key: string]: string;
                        };
                    };
                    context?: {
                        [key: string]: (string | boolean | number | string[]) | null;
                    };
                    proofs?: {
                        level: string;
                        /** @description RFC 3339 */
                        at: string;
                        session?: string;
                        device?: string;
                    }[];
                    wanted?: number | string;
                    partial?: boolean;
                    properties?: {
                        subject?: {
                            [key: string]: string | boolean | number | string[];
                        };
                        resource?: {
                            [key: string]: string | boolean | number | string[];
                        };
                        action?: {
                            [key: string]: string | boolean | number | string[];
                        };
                    };
                    /** @description Unique to this credential among its reservations; sending it again gives the first answer again, until 30 days after its end. */
                    id: string;
                    amount: number;
                    /**
                     * @description How long the units are held back.
                     * @default 900
                     */
                    seconds?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        allowed: boolean;
                        /** @description On a refusal only; one of the codes of decision.md section 3. */
                        reason?: string;
                        remedies: ({
                            /** @enum {unknown} */
                            type: "buy" | "renew" | "contact" | "wait" | "assign_seat" | "upgrade" | "request_access" | "step_up" | "enrol" | "reconnect" | "reactivate";
                        } & {
                            [key: string]: unknown;
                        })[];
                        obligations: ({
                            /** @enum {unknown} */
                            type: "record" | "mask";
                        } & {
                            [key: string]: unknown;
                        })[];
                        notices: ({
                            /** @enum {unknown} */
                            type: "in_grace" | "trial" | "overage" | "degraded" | "would_refuse" | "stale";
                        } & {
                            [key: string]: unknown;
                        })[];
                        value?: number | string;
                        admitted?: number;
                        license?: string;
                        entry?: number;
                        grant?: string;
                        edition?: number;
                        revision: number;
                        /** @description RFC 3339: the first instant at which time alone changes the answer. */
                        expires?: string;
                        simulated?: boolean;
                        trace?: {
                            license?: string;
                            plan?: string;
                            /** @description What of the plan the licence overrides here. */
                            overrides?: string[];
                            entry?: number;
                            gates: {
                                gate: string;
                                /** @enum {unknown} */
                                outcome: "passed" | "refused" | "softened" | "skipped";
                                reason?: string;
                                detail?: string;
                            }[];
                        }[];
                        reservation?: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            id: string;
                            /** @description Held back. With `partial` it may be less than was asked for. */
                            amount: number;
                            /** @description Counted so far, in the window in which it was reserved. */
                            settled: number;
                            /** @enum {string} */
                            state: "open" | "settled" | "released" | "expired";
                            /** Format: date-time */
                            reserved_at: string;
                            /**
                             * Format: date-time
                             * @description Exclusive: from then on nothing of it can be settled.
                             */
                            until: string;
                        };
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readReservation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        /** @description Held back. With `partial` it may be less than was asked for. */
                        amount: number;
                        /** @description Counted so far, in the window in which it was reserved. */
                        settled: number;
                        /** @enum {string} */
                        state: "open" | "settled" | "released" | "expired";
                        /** Format: date-time */
                        reserved_at: string;
                        /**
                         * Format: date-time
                         * @description Exclusive: from then on nothing of it can be settled.
                         */
                        until: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    settleReservation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Used in all; at most what was reserved. */
                    amount: number;
                    /** @description The work goes on: the rest stays held back until the reservation ends. */
                    keep?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        /** @description Held back. With `partial` it may be less than was asked for. */
                        amount: number;
                        /** @description Counted so far, in the window in which it was reserved. */
                        settled: number;
                        /** @enum {string} */
                        state: "open" | "settled" | "released" | "expired";
                        /** Format: date-time */
                        reserved_at: string;
                        /**
                         * Format: date-time
                         * @description Exclusive: from then on nothing of it can be settled.
                         */
                        until: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    releaseReservation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        /** @description Held back. With `partial` it may be less than was asked for. */
                        amount: number;
                        /** @description Counted so far, in the window in which it was reserved. */
                        settled: number;
                        /** @enum {string} */
                        state: "open" | "settled" | "released" | "expired";
                        /** Format: date-time */
                        reserved_at: string;
                        /**
                         * Format: date-time
                         * @description Exclusive: from then on nothing of it can be settled.
                         */
                        until: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    holdSeats: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                    license: string;
                    identities: string[];
                    /** @description Which process keeps them: of your choice, another one for each process. */
                    holder: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            identity: string;
                            /** Format: date-time */
                            taken_at: string;
                            /**
                             * Format: date-time
                             * @description Exclusive. Absent: until somebody frees it.
                             */
                            until?: string;
                            /** @description From the answer to `until`: count it from when the question was sent. */
                            milliseconds?: number;
                            /** @description How many floating seats were taken before this one. */
                            rank: number;
                        }[];
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    releaseSeats: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                    license: string;
                    identities: string[];
                    /** @description Which process keeps them: of your choice, another one for each process. */
                    holder: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        released: string[];
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    authzenConfiguration: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    evaluation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    subject: {
                        type: string;
                        id: string;
                        properties?: {
                            [key: string]: unknown;
                        };
                    };
                    action: {
                        name: string;
                        properties?: {
                            [key: string]: unknown;
                        };
                    };
                    resource: {
                        type: string;
                        id: string;
                        properties?: {
                            [key: string]: unknown;
                        };
                    };
                    context?: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        decision: boolean;
                        context?: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description Refused */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    evaluations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    subject?: {
                        type: string;
                        id: string;
                        properties?: {
                            [key: string]: unknown;
                        };
                    };
                    action?: {
                        name: string;
                        properties?: {
                            [key: string]: unknown;
                        };
                    };
                    resource?: {
                        type: string;
                        id: string;
                        properties?: {
                            [key: string]: unknown;
                        };
                    };
                    context?: {
                        [key: string]: unknown;
                    };
                    evaluations?: {
                        [key: string]: unknown;
                    }[];
                    options?: {
                        /** @enum {unknown} */
                        evaluations_semantic?: "execute_all" | "deny_on_first_deny" | "permit_on_first_permit";
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        decision?: boolean;
                        evaluations?: {
                            decision: boolean;
                            context?: {
                                [key: string]: unknown;
                            };
                        }[];
                        context?: unknown;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description Refused */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    searchSubjects: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    subject: {
                        type: string;
                        properties?: {
                            [key: string]: unknown;
                        };
                    };
                    action: {
                        name: string;
                        properties?: {
                            [key: string]: unknown;
                        };
                    };
                    resource: {
                        type: string;
                        id: string;
                        properties?: {
                            [key: string]: unknown;
                        };
                    };
                    context?: {
                        [key: string]: unknown;
                    };
                    page?: {
                        /** @description The `next_token` of the page before, with the same question. */
                        token?: string;
                        /**
                         * @description More than 1,000 counts as 1,000.
                         * @default 100
                         */
                        limit?: number;
                    };
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: {
                            type: string;
                            id: string;
                        }[];
                        page: {
                            /** @description Empty on the last page. A page may have fewer results than its limit, or none, and not be the last. */
                            next_token: string;
                            /** @description Results on this page. */
                            count: number;
                        };
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description Refused */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    searchResources: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    subject: {
                        type: string;
                        id: string;
                        properties?: {
                            [key: string]: unknown;
                        };
                    };
                    action: {
                        name: string;
                        properties?: {
                            [key: string]: unknown;
                        };
                    };
                    resource: {
                        type: string;
                        properties?: {
                            [key: string]: unknown;
                        };
                    };
                    context?: {
                        [key: string]: unknown;
                    };
                    page?: {
                        /** @description The `next_token` of the page before, with the same question. */
                        token?: string;
                        /**
                         * @description More than 1,000 counts as 1,000.
                         * @default 100
                         */
                        limit?: number;
                    };
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: {
                            type: string;
                            id: string;
                        }[];
                        page: {
                            /** @description Empty on the last page. A page may have fewer results than its limit, or none, and not be the last. */
                            next_token: string;
                            /** @description Results on this page. */
                            count: number;
                        };
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description Refused */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    searchActions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    subject: {
                        type: string;
                        id: string;
                        properties?: {
                            [key: string]: unknown;
                        };
                    };
                    resource: {
                        type: string;
                        id: string;
                        properties?: {
                            [key: string]: unknown;
                        };
                    };
                    context?: {
                        [key: string]: unknown;
                    };
                    page?: {
                        /** @description The `next_token` of the page before, with the same question. */
                        token?: string;
                        /**
                         * @description More than 1,000 counts as 1,000.
                         * @default 100
                         */
                        limit?: number;
                    };
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: {
                            name: string;
                        }[];
                        page: {
                            /** @description Empty on the last page. A page may have fewer results than its limit, or none, and not be the last. */
                            next_token: string;
                            /** @description Results on this page. */
                            count: number;
                        };
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description Refused */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    evaluateFlag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description As in AuthZEN: organization, country, ip, device, session, proofs, actor, wanted, and what the terms declare; also `resource` and `commands` as in a check. */
                    context?: {
                        /** @description The identity. A string; without it nothing is evaluated. */
                        targetingKey?: unknown;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        key: string;
                        value?: boolean | number | string;
                        /** @enum {unknown} */
                        reason: "TARGETING_MATCH" | "DISABLED";
                        variant?: string;
                        metadata: {
                            [key: string]: boolean | number | string;
                        };
                    };
                };
            };
            /** @description Default Response */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        key?: string;
                        /** @enum {unknown} */
                        errorCode: "PARSE_ERROR" | "TARGETING_KEY_MISSING" | "INVALID_CONTEXT" | "FLAG_NOT_FOUND" | "GENERAL";
                        errorDetails: string;
                    };
                };
            };
            /** @description Default Response */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        key?: string;
                        /** @enum {unknown} */
                        errorCode: "PARSE_ERROR" | "TARGETING_KEY_MISSING" | "INVALID_CONTEXT" | "FLAG_NOT_FOUND" | "GENERAL";
                        errorDetails: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    evaluateFlags: {
        parameters: {
            query?: never;
            header?: {
                "if-none-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description As in AuthZEN: organization, country, ip, device, session, proofs, actor, wanted, and what the terms declare; also `resource` and `commands` as in a check. */
                    context?: {
                        /** @description The identity. A string; without it nothing is evaluated. */
                        targetingKey?: unknown;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        flags: {
                            key: string;
                            value?: boolean | number | string;
                            /** @enum {unknown} */
                            reason: "TARGETING_MATCH" | "DISABLED";
                            variant?: string;
                            metadata: {
                                [key: string]: boolean | number | string;
                            };
                        }[];
                        metadata: {
                            revision: number;
                        };
                    };
                };
            };
            /** @description Default Response */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        key?: string;
                        /** @enum {unknown} */
                        errorCode: "PARSE_ERROR" | "TARGETING_KEY_MISSING" | "INVALID_CONTEXT" | "FLAG_NOT_FOUND" | "GENERAL";
                        errorDetails: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readSnapshot: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Streamed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    followChanges: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `id` of the last event, or of a snapshot. */
                "last-event-id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Streamed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDecisions: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
                /** @description `-`: descending. Default: `-id`. */
                sort?: "id" | "-id";
                /** @description Inclusive, RFC 3339. */
                from?: string;
                /** @description Exclusive, RFC 3339. */
                to?: string;
                identity?: string;
                /** @description In full: `atlas:report.export`. */
                feature?: string;
                reason?: string;
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                organization?: string;
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                credential?: string;
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                license?: string;
                allowed?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: number;
                            /** Format: date-time */
                            at: string;
                            request_id: string;
                            /** @description The API key that asked. */
                            credential: string;
                            identity?: string;
                            /** @description The agent that acted for the identity. */
                            actor?: string;
                            /** @description Whose business it was, as far as that was known. */
                            organization?: string;
                            /** @description In full, `atlas:report.export`; as it was asked where nobody knows it. */
                            feature: string;
                            resource?: string;
                            allowed: boolean;
                            reason?: string;
                            license?: string;
                            revision: number;
                        }[];
                        /** @description Absent on the last page. May lead to an empty one. */
                        next?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    summariseDecisions: {
        parameters: {
            query?: {
                /** @description Inclusive. Absent: a day before `to`. At most 92 days before it. */
                from?: string;
                /** @description Exclusive. Absent: now. */
                to?: string;
                parts?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        from: string;
                        /** Format: date-time */
                        to: string;
                        /** @description How long each part of `series` is. */
                        step_seconds: number;
                        refused: number;
                        reasons: {
                            reason: string;
                            refused: number;
                            /** @description The same in equal parts of the period, the earliest first. */
                            series: number[];
                        }[];
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    find: {
        parameters: {
            query: {
                /** @description Part of an id, name, title or mail address, in capitals or not. */
                q: string;
                /** @description Of each kind. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @enum {string} */
                            kind: "identity" | "organization" | "license" | "license_key" | "api_key" | "product" | "feature" | "resource";
                            /** @description Of a feature: qualified, `atlas:report.export`. */
                            id: string;
                            /** @description Its name or title; of a licence its plan, of a resource its kind. */
                            title?: string;
                            /** @description Of an identity its status, of a licence its state, of a key `live` or `revoked`. */
                            status?: string;
                            product?: string;
                            organization?: string;
                            holder?: string;
                            /** @description That a license key is for. */
                            license?: string;
                        }[];
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listOrganizations: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
                /** @description `-`: descending. Default: `id`. */
                sort?: "id" | "-id" | "title" | "-title" | "created_at" | "-created_at" | "updated_at" | "-updated_at";
                /** @description Part of the id or the title, in capitals or not. */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            id: string;
                            title: string;
                            /** @description A vendor role narrowed to a list, or a new name made from vendor roles. */
                            roles: {
                                [key: string]: string[] | {
                                    from: string[];
                                    /** @description Features by name, by prefix (`report.*`), or `*`. */
                                    features: string[];
                                };
                            };
                            /** @description Also the ETag. */
                            version: number;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: date-time */
                            updated_at: string;
                        }[];
                        /** @description Absent on the last page. May lead to an empty one. */
                        next?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createOrganization: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                    id?: string;
                    title: string;
                    /** @description A vendor role narrowed to a list, or a new name made from vendor roles. */
                    roles?: {
                        [key: string]: string[] | {
                            from: string[];
                            /** @description Features by name, by prefix (`report.*`), or `*`. */
                            features: string[];
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        title: string;
                        /** @description A vendor role narrowed to a list, or a new name made from vendor roles. */
                        roles: {
                            [key: string]: string[] | {
                                from: string[];
                                /** @description Features by name, by prefix (`report.*`), or `*`. */
                                features: string[];
                            };
                        };
                        /** @description Also the ETag. */
                        version: number;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readOrganization: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        title: string;
                        /** @description A vendor role narrowed to a list, or a new name made from vendor roles. */
                        roles: {
                            [key: string]: string[] | {
                                from: string[];
                                /** @description Features by name, by prefix (`report.*`), or `*`. */
                                features: string[];
                            };
                        };
                        /** @description Also the ETag. */
                        version: number;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            /** @description Default Response */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateOrganization: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    title: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        title: string;
                        /** @description A vendor role narrowed to a list, or a new name made from vendor roles. */
                        roles: {
                            [key: string]: string[] | {
                                from: string[];
                                /** @description Features by name, by prefix (`report.*`), or `*`. */
                                features: string[];
                            };
                        };
                        /** @description Also the ETag. */
                        version: number;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readCustomerRoles: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A vendor role narrowed to a list, or a new name made from vendor roles. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: string[] | {
                            from: string[];
                            /** @description Features by name, by prefix (`report.*`), or `*`. */
                            features: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replaceCustomerRoles: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        /** @description A vendor role narrowed to a list, or a new name made from vendor roles. */
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: string[] | {
                        from: string[];
                        /** @description Features by name, by prefix (`report.*`), or `*`. */
                        features: string[];
                    };
                };
            };
        };
        responses: {
            /** @description A vendor role narrowed to a list, or a new name made from vendor roles. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: string[] | {
                            from: string[];
                            /** @description Features by name, by prefix (`report.*`), or `*`. */
                            features: string[];
                        };
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listResources: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
                /** @description `-`: descending. Default: `id`. */
                sort?: "id" | "-id" | "kind" | "-kind" | "created_at" | "-created_at" | "updated_at" | "-updated_at";
                /** @description Part of the id, in capitals or not. */
                q?: string;
                kind?: string;
                environment?: string;
                region?: string;
                /** @description A label that it has, `team`, or the value of one, `team=payments`. */
                label?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            id: string;
                            /** @description As terms name it: `postgres`, `ssh`. */
                            kind: string;
                            environment?: string;
                            /** @description Any word; terms match it exactly. */
                            region?: string;
                            labels?: {
                                [key: string]: string;
                            };
                            /** @description Also the ETag. */
                            version: number;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: date-time */
                            updated_at: string;
                        }[];
                        /** @description Absent on the last page. May lead to an empty one. */
                        next?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createResource: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                    id?: string;
                    /** @description As terms name it: `postgres`, `ssh`. */
                    kind: string;
                    environment?: string;
                    /** @description Any word; terms match it exactly. */
                    region?: string;
                    labels?: {
                        [key: string]: string;
                    };
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        /** @description As terms name it: `postgres`, `ssh`. */
                        kind: string;
                        environment?: string;
                        /** @description Any word; terms match it exactly. */
                        region?: string;
                        labels?: {
                            [key: string]: string;
                        };
                        /** @description Also the ETag. */
                        version: number;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readResource: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        /** @description As terms name it: `postgres`, `ssh`. */
                        kind: string;
                        environment?: string;
                        /** @description Any word; terms match it exactly. */
                        region?: string;
                        labels?: {
                            [key: string]: string;
                        };
                        /** @description Also the ETag. */
                        version: number;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            /** @description Default Response */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replaceResource: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description As terms name it: `postgres`, `ssh`. */
                    kind: string;
                    environment?: string;
                    /** @description Any word; terms match it exactly. */
                    region?: string;
                    labels?: {
                        [key: string]: string;
                    };
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        /** @description As terms name it: `postgres`, `ssh`. */
                        kind: string;
                        environment?: string;
                        /** @description Any word; terms match it exactly. */
                        region?: string;
                        labels?: {
                            [key: string]: string;
                        };
                        /** @description Also the ETag. */
                        version: number;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeResource: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEditions: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
                /** @description `-`: descending. Default: `-edition`. */
                sort?: "edition" | "-edition";
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                product: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            product: string;
                            edition: number;
                            /** @description Of the canonical form: `sha256:` and 64 hexadecimal digits. */
                            hash: string;
                            title: string;
                            /** Format: date-time */
                            published_at: string;
                            published_by: string;
                            /**
                             * @description It is there for a roll-out, and not what new licences get.
                             * @enum {boolean}
                             */
                            staged?: true;
                        }[];
                        /** @description Absent on the last page. May lead to an empty one. */
                        next?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    publishEdition: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                product: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The terms file, YAML, at most 1 MiB. */
                    terms: string;
                    /** @description Publish for a roll-out: nobody is on it, new licences do not get it, and its protective terms bind nobody else until it is promoted. */
                    staged?: boolean;
                    /** @description The `plan_hash` of `planEdition`: publish only these terms, and only if no other edition came since; else `PUBLICATION_PLAN_OUTDATED`. */
                    if_plan?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        product: string;
                        edition: number;
                        /** @description Of the canonical form: `sha256:` and 64 hexadecimal digits. */
                        hash: string;
                        title: string;
                        /** Format: date-time */
                        published_at: string;
                        published_by: string;
                        /**
                         * @description It is there for a roll-out, and not what new licences get.
                         * @enum {boolean}
                         */
                        staged?: true;
                        warnings: {
                            severity: "error" | "warning";
                            code: string;
                            /** @description From 1, as editors count; 0: the file as a whole. */
                            line: number;
                            column: number;
                            message: string;
                            suggestion?: string;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        product: string;
                        edition: number;
                        /** @description Of the canonical form: `sha256:` and 64 hexadecimal digits. */
                        hash: string;
                        title: string;
                        /** Format: date-time */
                        published_at: string;
                        published_by: string;
                        /**
                         * @description It is there for a roll-out, and not what new licences get.
                         * @enum {boolean}
                         */
                        staged?: true;
                        warnings: {
                            severity: "error" | "warning";
                            code: string;
                            /** @description From 1, as editors count; 0: the file as a whole. */
                            line: number;
                            column: number;
                            message: string;
                            suggestion?: string;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        publication: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            id: string;
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            product: string;
                            /**
                             * @description `refused`: somebody would not sign it. `outdated`: another edition was published since, so it never will be.
                             * @enum {string}
                             */
                            state: "waiting" | "published" | "withdrawn" | "refused" | "outdated";
                            /** @description The edition that it follows; 0: the product is new. */
                            base: number;
                            /** @description Of the canonical form: what is signed off. */
                            hash: string;
                            title: string;
                            /** @description Roles that have not signed it off yet. */
                            waits_for: string[];
                            sign_offs: {
                                role: string;
                                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                                identity: string;
                                /** Format: date-time */
                                at: string;
                            }[];
                            refused?: {
                                role: string;
                                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                                identity: string;
                                /** Format: date-time */
                                at: string;
                                reason: string;
                            };
                            /** @description That it was published as. */
                            edition?: number;
                            /**
                             * @description For a roll-out.
                             * @enum {boolean}
                             */
                            staged?: true;
                            /** Format: date-time */
                            created_at: string;
                            created_by: string;
                            /** @description Whom the key acted for that asked for it. */
                            identity?: string;
                        };
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listProducts: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
                /** @description `-`: descending. Default: `id`. */
                sort?: "id" | "-id" | "title" | "-title" | "published_at" | "-published_at";
                /** @description Part of the id or the title, in capitals or not. */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            id: string;
                            title: string;
                            newest_edition: number;
                            /**
                             * Format: date-time
                             * @description Of the newest edition.
                             */
                            published_at: string;
                        }[];
                        /** @description Absent on the last page. May lead to an empty one. */
                        next?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readProduct: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                product: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        title: string;
                        newest_edition: number;
                        /**
                         * Format: date-time
                         * @description Of the newest edition.
                         */
                        published_at: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readEdition: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                product: string;
                edition: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        product: string;
                        edition: number;
                        /** @description Of the canonical form: `sha256:` and 64 hexadecimal digits. */
                        hash: string;
                        title: string;
                        /** Format: date-time */
                        published_at: string;
                        published_by: string;
                        /**
                         * @description It is there for a roll-out, and not what new licences get.
                         * @enum {boolean}
                         */
                        staged?: true;
                        /** @description The canonical form, what `hash` is of. */
                        terms: string;
                        /** @description The text as it was published. */
                        source: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    planEdition: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                product: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The terms file, YAML, at most 1 MiB. */
                    terms: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        product: string;
                        /** @description The newest edition; absent: the product is new. */
                        base?: {
                            edition: number;
                            /** @description Of the canonical form: `sha256:` and 64 hexadecimal digits. */
                            hash: string;
                        };
                        /** @description The edition that there would be. */
                        edition: number;
                        hash: string;
                        /** @description False: these terms are the newest edition already, and publishing them changes nothing. */
                        is_new: boolean;
                        plan_hash: string;
                        consequences: {
                            /**
                             * @description What it is about.
                             * @enum {string}
                             */
                            type: "product" | "title" | "order" | "wording" | "feature" | "kind" | "values" | "commands" | "repair" | "unreachable" | "minimum" | "level" | "signal" | "meter" | "fact" | "role" | "federation" | "ends" | "publish" | "plan" | "price" | "trial" | "seats" | "grace" | "degrade" | "enforcement" | "includes" | "limit" | "rate" | "value" | "resources" | "assurance" | "approval" | "obligations" | "when" | "needs" | "hours" | "regions" | "networks";
                            /** @description `narrows`: something that was allowed may be refused. `widens`: only what was refused may be allowed. */
                            direction: "narrows" | "widens" | "neutral";
                            /** @description `at_once`: protective, for every licence of every edition ever sold. `sold_or_moved`: for licences sold under, or moved to, the new edition. */
                            effect: "at_once" | "sold_or_moved";
                            plan?: string;
                            feature?: string;
                            role?: string;
                            /** @description Of a level, signal, meter, fact, alias, price or cause of grace. */
                            name?: string;
                            /** @description Which of several alternatives, from 1; where it is gone, in the old edition. */
                            entry?: number;
                            /** @description As the canonical form writes it; absent: there was none. */
                            before?: unknown;
                            after?: unknown;
                            /** @description For people. Not stable. */
                            sentence: string;
                        }[];
                        /** @description Licences that are not revoked, by edition, newest first. */
                        licenses: {
                            edition: number;
                            count: number;
                        }[];
                        /** @description How many of them are narrowed at once, whatever edition they have. */
                        at_once: number;
                        /** @description Who could not prove what they ask for and the newest edition does not. */
                        unprovable: {
                            plan: string;
                            level: string;
                            /** @description That ask for it. */
                            features: string[];
                            /** @description What they would have to enrol: any one of these proves it. */
                            lacking: string[];
                            /** @description Active members and holders, none of whose factors reaches the level. */
                            identities: number;
                            /** @description Those of whom no factors are recorded. */
                            unknown: number;
                            /** @description `at_once`: of everybody with the plan, as soon as it is published. `sold_or_moved`: once they are on it. */
                            effect: "at_once" | "sold_or_moved";
                        }[];
                        /** @description Roles that sign them off before they are published; none: nobody has to. */
                        sign_offs: string[];
                        warnings: {
                            severity: "error" | "warning";
                            code: string;
                            /** @description From 1, as editors count; 0: the file as a whole. */
                            line: number;
                            column: number;
                            message: string;
                            suggestion?: string;
                        }[];
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    diffEditions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                product: string;
                edition: number;
                other: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        product: string;
                        before: {
                            edition: number;
                            /** @description Of the canonical form: `sha256:` and 64 hexadecimal digits. */
                            hash: string;
                        };
                        after: {
                            edition: number;
                            /** @description Of the canonical form: `sha256:` and 64 hexadecimal digits. */
                            hash: string;
                        };
                        consequences: {
                            /**
                             * @description What it is about.
                             * @enum {string}
                             */
                            type: "product" | "title" | "order" | "wording" | "feature" | "kind" | "values" | "commands" | "repair" | "unreachable" | "minimum" | "level" | "signal" | "meter" | "fact" | "role" | "federation" | "ends" | "publish" | "plan" | "price" | "trial" | "seats" | "grace" | "degrade" | "enforcement" | "includes" | "limit" | "rate" | "value" | "resources" | "assurance" | "approval" | "obligations" | "when" | "needs" | "hours" | "regions" | "networks";
                            /** @description `narrows`: something that was allowed may be refused. `widens`: only what was refused may be allowed. */
                            direction: "narrows" | "widens" | "neutral";
                            /** @description `at_once`: protective, for every licence of every edition ever sold. `sold_or_moved`: for licences sold under, or moved to, the new edition. */
                            effect: "at_once" | "sold_or_moved";
                            plan?: string;
                            feature?: string;
                            role?: string;
                            /** @description Of a level, signal, meter, fact, alias, price or cause of grace. */
                            name?: string;
                            /** @description Which of several alternatives, from 1; where it is gone, in the old edition. */
                            entry?: number;
                            /** @description As the canonical form writes it; absent: there was none. */
                            before?: unknown;
                            after?: unknown;
                            /** @description For people. Not stable. */
                            sentence: string;
                        }[];
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readContract: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                product: string;
                edition: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The contract */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/markdown": string;
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAllPublications: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
                /** @description `-`: descending. Default: `-created_at`. */
                sort?: "created_at" | "-created_at";
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                product?: string;
                /** @description Only those that can still be signed off. */
                waiting?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            id: string;
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            product: string;
                            /**
                             * @description `refused`: somebody would not sign it. `outdated`: another edition was published since, so it never will be.
                             * @enum {string}
                             */
                            state: "waiting" | "published" | "withdrawn" | "refused" | "outdated";
                            /** @description The edition that it follows; 0: the product is new. */
                            base: number;
                            /** @description Of the canonical form: what is signed off. */
                            hash: string;
                            title: string;
                            /** @description Roles that have not signed it off yet. */
                            waits_for: string[];
                            sign_offs: {
                                role: string;
                                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                                identity: string;
                                /** Format: date-time */
                                at: string;
                            }[];
                            refused?: {
                                role: string;
                                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                                identity: string;
                                /** Format: date-time */
                                at: string;
                                reason: string;
                            };
                            /** @description That it was published as. */
                            edition?: number;
                            /**
                             * @description For a roll-out.
                             * @enum {boolean}
                             */
                            staged?: true;
                            /** Format: date-time */
                            created_at: string;
                            created_by: string;
                            /** @description Whom the key acted for that asked for it. */
                            identity?: string;
                        }[];
                        /** @description Absent on the last page. May lead to an empty one. */
                        next?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPublications: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
                /** @description `-`: descending. Default: `-created_at`. */
                sort?: "created_at" | "-created_at";
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                product: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            id: string;
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            product: string;
                            /**
                             * @description `refused`: somebody would not sign it. `outdated`: another edition was published since, so it never will be.
                             * @enum {string}
                             */
                            state: "waiting" | "published" | "withdrawn" | "refused" | "outdated";
                            /** @description The edition that it follows; 0: the product is new. */
                            base: number;
                            /** @description Of the canonical form: what is signed off. */
                            hash: string;
                            title: string;
                            /** @description Roles that have not signed it off yet. */
                            waits_for: string[];
                            sign_offs: {
                                role: string;
                                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                                identity: string;
                                /** Format: date-time */
                                at: string;
                            }[];
                            refused?: {
                                role: string;
                                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                                identity: string;
                                /** Format: date-time */
                                at: string;
                                reason: string;
                            };
                            /** @description That it was published as. */
                            edition?: number;
                            /**
                             * @description For a roll-out.
                             * @enum {boolean}
                             */
                            staged?: true;
                            /** Format: date-time */
                            created_at: string;
                            created_by: string;
                            /** @description Whom the key acted for that asked for it. */
                            identity?: string;
                        }[];
                        /** @description Absent on the last page. May lead to an empty one. */
                        next?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readPublication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                product: string;
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        product: string;
                        /**
                         * @description `refused`: somebody would not sign it. `outdated`: another edition was published since, so it never will be.
                         * @enum {string}
                         */
                        state: "waiting" | "published" | "withdrawn" | "refused" | "outdated";
                        /** @description The edition that it follows; 0: the product is new. */
                        base: number;
                        /** @description Of the canonical form: what is signed off. */
                        hash: string;
                        title: string;
                        /** @description Roles that have not signed it off yet. */
                        waits_for: string[];
                        sign_offs: {
                            role: string;
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            identity: string;
                            /** Format: date-time */
                            at: string;
                        }[];
                        refused?: {
                            role: string;
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            identity: string;
                            /** Format: date-time */
                            at: string;
                            reason: string;
                        };
                        /** @description That it was published as. */
                        edition?: number;
                        /**
                         * @description For a roll-out.
                         * @enum {boolean}
                         */
                        staged?: true;
                        /** Format: date-time */
                        created_at: string;
                        created_by: string;
                        /** @description Whom the key acted for that asked for it. */
                        identity?: string;
                        /** @description The canonical form. */
                        terms: string;
                        source: string;
                        /** @description Of one that waits: against the newest edition, what takes away first. */
                        consequences: {
                            /**
                             * @description What it is about.
                             * @enum {string}
                             */
                            type: "product" | "title" | "order" | "wording" | "feature" | "kind" | "values" | "commands" | "repair" | "unreachable" | "minimum" | "level" | "signal" | "meter" | "fact" | "role" | "federation" | "ends" | "publish" | "plan" | "price" | "trial" | "seats" | "grace" | "degrade" | "enforcement" | "includes" | "limit" | "rate" | "value" | "resources" | "assurance" | "approval" | "obligations" | "when" | "needs" | "hours" | "regions" | "networks";
                            /** @description `narrows`: something that was allowed may be refused. `widens`: only what was refused may be allowed. */
                            direction: "narrows" | "widens" | "neutral";
                            /** @description `at_once`: protective, for every licence of every edition ever sold. `sold_or_moved`: for licences sold under, or moved to, the new edition. */
                            effect: "at_once" | "sold_or_moved";
                            plan?: string;
                            feature?: string;
                            role?: string;
                            /** @description Of a level, signal, meter, fact, alias, price or cause of grace. */
                            name?: string;
                            /** @description Which of several alternatives, from 1; where it is gone, in the old edition. */
                            entry?: number;
                            /** @description As the canonical form writes it; absent: there was none. */
                            before?: unknown;
                            after?: unknown;
                            /** @description For people. Not stable. */
                            sentence: string;
                        }[];
                        /** @description Of one that waits: who could not prove what it asks for and the newest edition does not. */
                        unprovable: {
                            plan: string;
                            level: string;
                            /** @description That ask for it. */
                            features: string[];
                            /** @description What they would have to enrol: any one of these proves it. */
                            lacking: string[];
                            /** @description Active members and holders, none of whose factors reaches the level. */
                            identities: number;
                            /** @description Those of whom no factors are recorded. */
                            unknown: number;
                            /** @description `at_once`: of everybody with the plan, as soon as it is published. `sold_or_moved`: once they are on it. */
                            effect: "at_once" | "sold_or_moved";
                        }[];
                        /** @description The terms in prose, Markdown. */
                        contract: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signOff: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                product: string;
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    role: string;
                    /** @description Of the terms that were read. */
                    hash: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        product: string;
                        /**
                         * @description `refused`: somebody would not sign it. `outdated`: another edition was published since, so it never will be.
                         * @enum {string}
                         */
                        state: "waiting" | "published" | "withdrawn" | "refused" | "outdated";
                        /** @description The edition that it follows; 0: the product is new. */
                        base: number;
                        /** @description Of the canonical form: what is signed off. */
                        hash: string;
                        title: string;
                        /** @description Roles that have not signed it off yet. */
                        waits_for: string[];
                        sign_offs: {
                            role: string;
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            identity: string;
                            /** Format: date-time */
                            at: string;
                        }[];
                        refused?: {
                            role: string;
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            identity: string;
                            /** Format: date-time */
                            at: string;
                            reason: string;
                        };
                        /** @description That it was published as. */
                        edition?: number;
                        /**
                         * @description For a roll-out.
                         * @enum {boolean}
                         */
                        staged?: true;
                        /** Format: date-time */
                        created_at: string;
                        created_by: string;
                        /** @description Whom the key acted for that asked for it. */
                        identity?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refusePublication: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                product: string;
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    role: string;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        product: string;
                        /**
                         * @description `refused`: somebody would not sign it. `outdated`: another edition was published since, so it never will be.
                         * @enum {string}
                         */
                        state: "waiting" | "published" | "withdrawn" | "refused" | "outdated";
                        /** @description The edition that it follows; 0: the product is new. */
                        base: number;
                        /** @description Of the canonical form: what is signed off. */
                        hash: string;
                        title: string;
                        /** @description Roles that have not signed it off yet. */
                        waits_for: string[];
                        sign_offs: {
                            role: string;
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            identity: string;
                            /** Format: date-time */
                            at: string;
                        }[];
                        refused?: {
                            role: string;
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            identity: string;
                            /** Format: date-time */
                            at: string;
                            reason: string;
                        };
                        /** @description That it was published as. */
                        edition?: number;
                        /**
                         * @description For a roll-out.
                         * @enum {boolean}
                         */
                        staged?: true;
                        /** Format: date-time */
                        created_at: string;
                        created_by: string;
                        /** @description Whom the key acted for that asked for it. */
                        identity?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdrawPublication: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                product: string;
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        product: string;
                        /**
                         * @description `refused`: somebody would not sign it. `outdated`: another edition was published since, so it never will be.
                         * @enum {string}
                         */
                        state: "waiting" | "published" | "withdrawn" | "refused" | "outdated";
                        /** @description The edition that it follows; 0: the product is new. */
                        base: number;
                        /** @description Of the canonical form: what is signed off. */
                        hash: string;
                        title: string;
                        /** @description Roles that have not signed it off yet. */
                        waits_for: string[];
                        sign_offs: {
                            role: string;
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            identity: string;
                            /** Format: date-time */
                            at: string;
                        }[];
                        refused?: {
                            role: string;
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            identity: string;
                            /** Format: date-time */
                            at: string;
                            reason: string;
                        };
                        /** @description That it was published as. */
                        edition?: number;
                        /**
                         * @description For a roll-out.
                         * @enum {boolean}
                         */
                        staged?: true;
                        /** Format: date-time */
                        created_at: string;
                        created_by: string;
                        /** @description Whom the key acted for that asked for it. */
                        identity?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRollouts: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
                /** @description `-`: descending. Default: `-started_at`. */
                sort?: "started_at" | "-started_at";
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                product: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            id: string;
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            product: string;
                            edition: number;
                            /**
                             * @description `shadow`: decisions are compared and nobody is moved. `percentage`: a part of the licences is moved.
                             * @enum {string}
                             */
                            stage: "shadow" | "percentage" | "promoted" | "rolled_back";
                            /** @description Of the licences. */
                            percent: number;
                            /** @description Of the decisions that are compared. */
                            sample_percent: number;
                            /** @description Licences are on their way still. */
                            is_moving: boolean;
                            /** @description More came meanwhile than may lose something unasked: it moves nobody any more. Ask for the same stage again and confirm what it comes to now, or roll back. */
                            stopped?: {
                                /** @description How many would lose something by it that nobody was asked about. */
                                losing: number;
                                /** @description In words, with what to do. */
                                detail: string;
                            };
                            /** Format: date-time */
                            started_at: string;
                            started_by: string;
                            /** Format: date-time */
                            changed_at: string;
                        }[];
                        /** @description Absent on the last page. May lead to an empty one. */
                        next?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startRollout: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                product: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    edition: number;
                    /** @description Of the decisions to compare. Absent: all of them. */
                    sample_percent?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        product: string;
                        edition: number;
                        /**
                         * @description `shadow`: decisions are compared and nobody is moved. `percentage`: a part of the licences is moved.
                         * @enum {string}
                         */
                        stage: "shadow" | "percentage" | "promoted" | "rolled_back";
                        /** @description Of the licences. */
                        percent: number;
                        /** @description Of the decisions that are compared. */
                        sample_percent: number;
                        /** @description Licences are on their way still. */
                        is_moving: boolean;
                        /** @description More came meanwhile than may lose something unasked: it moves nobody any more. Ask for the same stage again and confirm what it comes to now, or roll back. */
                        stopped?: {
                            /** @description How many would lose something by it that nobody was asked about. */
                            losing: number;
                            /** @description In words, with what to do. */
                            detail: string;
                        };
                        /** Format: date-time */
                        started_at: string;
                        started_by: string;
                        /** Format: date-time */
                        changed_at: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readRollout: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                product: string;
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        product: string;
                        edition: number;
                        /**
                         * @description `shadow`: decisions are compared and nobody is moved. `percentage`: a part of the licences is moved.
                         * @enum {string}
                         */
                        stage: "shadow" | "percentage" | "promoted" | "rolled_back";
                        /** @description Of the licences. */
                        percent: number;
                        /** @description Of the decisions that are compared. */
                        sample_percent: number;
                        /** @description Licences are on their way still. */
                        is_moving: boolean;
                        /** @description More came meanwhile than may lose something unasked: it moves nobody any more. Ask for the same stage again and confirm what it comes to now, or roll back. */
                        stopped?: {
                            /** @description How many would lose something by it that nobody was asked about. */
                            losing: number;
                            /** @description In words, with what to do. */
                            detail: string;
                        };
                        /** Format: date-time */
                        started_at: string;
                        started_by: string;
                        /** Format: date-time */
                        changed_at: string;
                        /** @description Of the product, without revoked ones. */
                        licenses: {
                            /** @description On the edition. */
                            on: number;
                            /** @description On others. */
                            off: number;
                        };
                        /** @description What became of those that were to move. */
                        moves: {
                            moved: number;
                            /** @description Could not go: no such plan, overrides that do not fit, or a trial. */
                            stays: number;
                            /** @description Rolled back to where they came from. */
                            back: number;
                            /** @description Were put elsewhere by somebody before they were to go back. */
                            elsewhere: number;
                        };
                        /** @description Since it began, at all nodes. */
                        compared: {
                            /** @description Decisions answered a second time, with the licences on the new edition. */
                            evaluated: number;
                            differing: number;
                            /** @description Left out by the sample. */
                            passed_over: number;
                            /** @description Hung on a period that only the new edition counts by, which was not at hand yet. */
                            unsure: number;
                            /** @description Differences seen that there was no room for. */
                            dropped: number;
                            failed: number;
                        };
                        /** @description By what they are, the most frequent first. */
                        differences: {
                            /**
                             * @description `refused`: What is allowed would be refused. `allowed`: What is refused would be allowed. `reason`: It is refused, and would be for another reason. `level`: Another proof would be asked for. `obligations`: It is allowed, with other obligations. `value`: It is allowed, with another value or amount. `notices`: It is allowed, with other notices: `overage`, `would_refuse`.
                             * @enum {string}
                             */
                            kind: "refused" | "allowed" | "reason" | "level" | "obligations" | "value" | "notices";
                            /** @description `allowed`, a reason, levels, obligations, a value, or notices. */
                            before: string;
                            /** @description `allowed`, a reason, levels, obligations, a value, or notices. */
                            after: string;
                            licenses: number;
                            counted: number;
                        }[];
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRolloutDifferences: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
                /** @description `-`: descending. Default: `-counted`. */
                sort?: "counted" | "-counted" | "last_seen" | "-last_seen";
                /** @description `refused`: What is allowed would be refused. `allowed`: What is refused would be allowed. `reason`: It is refused, and would be for another reason. `level`: Another proof would be asked for. `obligations`: It is allowed, with other obligations. `value`: It is allowed, with another value or amount. `notices`: It is allowed, with other notices: `overage`, `would_refuse`. */
                kind?: "refused" | "allowed" | "reason" | "level" | "obligations" | "value" | "notices";
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                license?: string;
                feature?: string;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                product: string;
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            license: string;
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            organization?: string;
                            /** @description In full: `atlas:report.export`. */
                            feature: string;
                            /**
                             * @description `refused`: What is allowed would be refused. `allowed`: What is refused would be allowed. `reason`: It is refused, and would be for another reason. `level`: Another proof would be asked for. `obligations`: It is allowed, with other obligations. `value`: It is allowed, with another value or amount. `notices`: It is allowed, with other notices: `overage`, `would_refuse`.
                             * @enum {string}
                             */
                            kind: "refused" | "allowed" | "reason" | "level" | "obligations" | "value" | "notices";
                            /** @description `allowed`, a reason, levels, obligations, a value, or notices. */
                            before: string;
                            /** @description `allowed`, a reason, levels, obligations, a value, or notices. */
                            after: string;
                            counted: number;
                            /** Format: date-time */
                            first_seen: string;
                            /** Format: date-time */
                            last_seen: string;
                            /** @description A few of the questions, for whoever has `manage:decisions` too, and as long as records of decisions are kept. */
                            examples: {
                                request_id: string;
                                /** Format: date-time */
                                at: string;
                                revision: number;
                                identity?: string;
                                resource?: string;
                            }[];
                        }[];
                        /** @description Absent on the last page. May lead to an empty one. */
                        next?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRolloutMoves: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
                /** @description `-`: descending. Default: `license`. */
                sort?: "license" | "-license" | "at" | "-at";
                state?: "moved" | "stays" | "back" | "elsewhere";
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                product: string;
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            license: string;
                            /** @description The edition that it was on. */
                            from: number;
                            /** @enum {string} */
                            state: "moved" | "stays" | "back" | "elsewhere";
                            /** @description Why it stays: PLAN_UNKNOWN, OVERRIDES_INVALID, NO_TRIAL. */
                            code?: string;
                            /** @description That in words, and what would help. */
                            detail?: string;
                            /** Format: date-time */
                            at: string;
                        }[];
                        /** @description Absent on the last page. May lead to an empty one. */
                        next?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    raiseRollout: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                product: string;
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Of the licences; it only rises. */
                    percent: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        product: string;
                        edition: number;
                        /**
                         * @description `shadow`: decisions are compared and nobody is moved. `percentage`: a part of the licences is moved.
                         * @enum {string}
                         */
                        stage: "shadow" | "percentage" | "promoted" | "rolled_back";
                        /** @description Of the licences. */
                        percent: number;
                        /** @description Of the decisions that are compared. */
                        sample_percent: number;
                        /** @description Licences are on their way still. */
                        is_moving: boolean;
                        /** @description More came meanwhile than may lose something unasked: it moves nobody any more. Ask for the same stage again and confirm what it comes to now, or roll back. */
                        stopped?: {
                            /** @description How many would lose something by it that nobody was asked about. */
                            losing: number;
                            /** @description In words, with what to do. */
                            detail: string;
                        };
                        /** Format: date-time */
                        started_at: string;
                        started_by: string;
                        /** Format: date-time */
                        changed_at: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    promoteRollout: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                product: string;
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        product: string;
                        edition: number;
                        /**
                         * @description `shadow`: decisions are compared and nobody is moved. `percentage`: a part of the licences is moved.
                         * @enum {string}
                         */
                        stage: "shadow" | "percentage" | "promoted" | "rolled_back";
                        /** @description Of the licences. */
                        percent: number;
                        /** @description Of the decisions that are compared. */
                        sample_percent: number;
                        /** @description Licences are on their way still. */
                        is_moving: boolean;
                        /** @description More came meanwhile than may lose something unasked: it moves nobody any more. Ask for the same stage again and confirm what it comes to now, or roll back. */
                        stopped?: {
                            /** @description How many would lose something by it that nobody was asked about. */
                            losing: number;
                            /** @description In words, with what to do. */
                            detail: string;
                        };
                        /** Format: date-time */
                        started_at: string;
                        started_by: string;
                        /** Format: date-time */
                        changed_at: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rollBack: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                product: string;
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        product: string;
                        edition: number;
                        /**
                         * @description `shadow`: decisions are compared and nobody is moved. `percentage`: a part of the licences is moved.
                         * @enum {string}
                         */
                        stage: "shadow" | "percentage" | "promoted" | "rolled_back";
                        /** @description Of the licences. */
                        percent: number;
                        /** @description Of the decisions that are compared. */
                        sample_percent: number;
                        /** @description Licences are on their way still. */
                        is_moving: boolean;
                        /** @description More came meanwhile than may lose something unasked: it moves nobody any more. Ask for the same stage again and confirm what it comes to now, or roll back. */
                        stopped?: {
                            /** @description How many would lose something by it that nobody was asked about. */
                            losing: number;
                            /** @description In words, with what to do. */
                            detail: string;
                        };
                        /** Format: date-time */
                        started_at: string;
                        started_by: string;
                        /** Format: date-time */
                        changed_at: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listIdentities: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
                /** @description `-`: descending. Default: `id`. */
                sort?: "id" | "-id" | "name" | "-name" | "created_at" | "-created_at" | "updated_at" | "-updated_at";
                /** @description Part of the id, the name, or the attribute `mail` or `email`, in capitals or not. */
                q?: string;
                /** @description Of its members. */
                organization?: string;
                /** @description That it has in that `organization`, or in any. */
                role?: string;
                kind?: "human" | "service" | "machine" | "agent";
                status?: "active" | "suspended" | "revoked";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            id: string;
                            kind: "human" | "service" | "machine" | "agent";
                            status: "active" | "suspended" | "revoked";
                            name?: string;
                            /** @description Memberships: organization id to roles. */
                            in: {
                                [key: string]: string[];
                            };
                            /** @description Assurance levels that the enrolled factors reach. */
                            factors?: string[];
                            attributes: {
                                [key: string]: string | boolean | number | string[];
                            };
                            /** @description How other issuers name this identity. A pair belongs to one identity only. */
                            links: {
                                /** @description The URL of the issuer, compared exactly. */
                                issuer: string;
                                subject: string;
                            }[];
                            /** @description Also the ETag. */
                            version: number;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: date-time */
                            updated_at: string;
                        }[];
                        /** @description Absent on the last page. May lead to an empty one. */
                        next?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createIdentity: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                    id?: string;
                    kind?: "human" | "service" | "machine" | "agent";
                    name?: string | null;
                    /** @description Memberships: organization id to roles. */
                    in?: {
                        [key: string]: string[];
                    };
                    /** @description `null`, or absent when it is made: all levels. */
                    factors?: string[] | null;
                    attributes?: {
                        [key: string]: string | boolean | number | string[];
                    };
                    /** @description How other issuers name this identity. A pair belongs to one identity only. */
                    links?: {
                        /** @description The URL of the issuer, compared exactly. */
                        issuer: string;
                        subject: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        kind: "human" | "service" | "machine" | "agent";
                        status: "active" | "suspended" | "revoked";
                        name?: string;
                        /** @description Memberships: organization id to roles. */
                        in: {
                            [key: string]: string[];
                        };
                        /** @description Assurance levels that the enrolled factors reach. */
                        factors?: string[];
                        attributes: {
                            [key: string]: string | boolean | number | string[];
                        };
                        /** @description How other issuers name this identity. A pair belongs to one identity only. */
                        links: {
                            /** @description The URL of the issuer, compared exactly. */
                            issuer: string;
                            subject: string;
                        }[];
                        /** @description Also the ETag. */
                        version: number;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readIdentity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        kind: "human" | "service" | "machine" | "agent";
                        status: "active" | "suspended" | "revoked";
                        name?: string;
                        /** @description Memberships: organization id to roles. */
                        in: {
                            [key: string]: string[];
                        };
                        /** @description Assurance levels that the enrolled factors reach. */
                        factors?: string[];
                        attributes: {
                            [key: string]: string | boolean | number | string[];
                        };
                        /** @description How other issuers name this identity. A pair belongs to one identity only. */
                        links: {
                            /** @description The URL of the issuer, compared exactly. */
                            issuer: string;
                            subject: string;
                        }[];
                        /** @description Also the ETag. */
                        version: number;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            /** @description Default Response */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateIdentity: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string | null;
                    /** @description Memberships: organization id to roles. */
                    in?: {
                        [key: string]: string[];
                    };
                    /** @description `null`, or absent when it is made: all levels. */
                    factors?: string[] | null;
                    attributes?: {
                        [key: string]: string | boolean | number | string[];
                    };
                    /** @description How other issuers name this identity. A pair belongs to one identity only. */
                    links?: {
                        /** @description The URL of the issuer, compared exactly. */
                        issuer: string;
                        subject: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        kind: "human" | "service" | "machine" | "agent";
                        status: "active" | "suspended" | "revoked";
                        name?: string;
                        /** @description Memberships: organization id to roles. */
                        in: {
                            [key: string]: string[];
                        };
                        /** @description Assurance levels that the enrolled factors reach. */
                        factors?: string[];
                        attributes: {
                            [key: string]: string | boolean | number | string[];
                        };
                        /** @description How other issuers name this identity. A pair belongs to one identity only. */
                        links: {
                            /** @description The URL of the issuer, compared exactly. */
                            issuer: string;
                            subject: string;
                        }[];
                        /** @description Also the ETag. */
                        version: number;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putMembership: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                organization: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    roles: string[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        kind: "human" | "service" | "machine" | "agent";
                        status: "active" | "suspended" | "revoked";
                        name?: string;
                        /** @description Memberships: organization id to roles. */
                        in: {
                            [key: string]: string[];
                        };
                        /** @description Assurance levels that the enrolled factors reach. */
                        factors?: string[];
                        attributes: {
                            [key: string]: string | boolean | number | string[];
                        };
                        /** @description How other issuers name this identity. A pair belongs to one identity only. */
                        links: {
                            /** @description The URL of the issuer, compared exactly. */
                            issuer: string;
                            subject: string;
                        }[];
                        /** @description Also the ETag. */
                        version: number;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endMembership: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        kind: "human" | "service" | "machine" | "agent";
                        status: "active" | "suspended" | "revoked";
                        name?: string;
                        /** @description Memberships: organization id to roles. */
                        in: {
                            [key: string]: string[];
                        };
                        /** @description Assurance levels that the enrolled factors reach. */
                        factors?: string[];
                        attributes: {
                            [key: string]: string | boolean | number | string[];
                        };
                        /** @description How other issuers name this identity. A pair belongs to one identity only. */
                        links: {
                            /** @description The URL of the issuer, compared exactly. */
                            issuer: string;
                            subject: string;
                        }[];
                        /** @description Also the ETag. */
                        version: number;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    suspendIdentity: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        kind: "human" | "service" | "machine" | "agent";
                        status: "active" | "suspended" | "revoked";
                        name?: string;
                        /** @description Memberships: organization id to roles. */
                        in: {
                            [key: string]: string[];
                        };
                        /** @description Assurance levels that the enrolled factors reach. */
                        factors?: string[];
                        attributes: {
                            [key: string]: string | boolean | number | string[];
                        };
                        /** @description How other issuers name this identity. A pair belongs to one identity only. */
                        links: {
                            /** @description The URL of the issuer, compared exactly. */
                            issuer: string;
                            subject: string;
                        }[];
                        /** @description Also the ETag. */
                        version: number;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeIdentity: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        kind: "human" | "service" | "machine" | "agent";
                        status: "active" | "suspended" | "revoked";
                        name?: string;
                        /** @description Memberships: organization id to roles. */
                        in: {
                            [key: string]: string[];
                        };
                        /** @description Assurance levels that the enrolled factors reach. */
                        factors?: string[];
                        attributes: {
                            [key: string]: string | boolean | number | string[];
                        };
                        /** @description How other issuers name this identity. A pair belongs to one identity only. */
                        links: {
                            /** @description The URL of the issuer, compared exactly. */
                            issuer: string;
                            subject: string;
                        }[];
                        /** @description Also the ETag. */
                        version: number;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeIdentity: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        kind: "human" | "service" | "machine" | "agent";
                        status: "active" | "suspended" | "revoked";
                        name?: string;
                        /** @description Memberships: organization id to roles. */
                        in: {
                            [key: string]: string[];
                        };
                        /** @description Assurance levels that the enrolled factors reach. */
                        factors?: string[];
                        attributes: {
                            [key: string]: string | boolean | number | string[];
                        };
                        /** @description How other issuers name this identity. A pair belongs to one identity only. */
                        links: {
                            /** @description The URL of the issuer, compared exactly. */
                            issuer: string;
                            subject: string;
                        }[];
                        /** @description Also the ETag. */
                        version: number;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSignals: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
                /** @description `-`: descending. Default: `id`. */
                sort?: "id" | "-id" | "at" | "-at";
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            id: string;
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            identity: string;
                            name: string;
                            session?: string;
                            device?: string;
                            /** Format: date-time */
                            at: string;
                        }[];
                        /** @description Absent on the last page. May lead to an empty one. */
                        next?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    raiseSignal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @description Absent: every session. */
                    session?: string;
                    /** @description Absent: every device. */
                    device?: string;
                    /**
                     * Format: date-time
                     * @description When it was seen. Default: now.
                     */
                    at?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        identity: string;
                        name: string;
                        session?: string;
                        device?: string;
                        /** Format: date-time */
                        at: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdrawSignal: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                signal: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listGrants: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
                /** @description `-`: descending. Default: `id`. */
                sort?: "id" | "-id" | "from" | "-from" | "until" | "-until" | "created_at" | "-created_at";
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                identity?: string;
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                organization?: string;
                /** @description Qualified: `atlas:host.shell`. */
                feature?: string;
                /** @description To come, in force, over, or taken back. */
                state?: "scheduled" | "active" | "ended" | "revoked";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            id: string;
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            identity: string;
                            /** @description Absent: for licences that the identity holds itself. */
                            organization?: string;
                            /** @description Qualified, `atlas:host.shell`, or bare where one product alone has it. */
                            feature: string;
                            /** @description An id, or a selector. Absent: any. */
                            resource?: string | {
                                environment?: string[];
                                region?: string[];
                                labels?: {
                                    [key: string]: string[];
                                };
                            };
                            commands?: string[];
                            /** @description Who approved, and the roles that each held then. */
                            approved_by: {
                                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                                identity: string;
                                roles: string[];
                            }[];
                            /** @description What the request brings: context that terms declare `from: access_request`. */
                            context?: {
                                [key: string]: string | boolean | number | string[];
                            };
                            /** Format: date-time */
                            from: string;
                            /** Format: date-time */
                            until: string;
                            /** Format: date-time */
                            created_at: string;
                            created_by: string;
                            /** Format: date-time */
                            revoked_at?: string;
                        }[];
                        /** @description Absent on the last page. May lead to an empty one. */
                        next?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createGrant: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                    id?: string;
                    /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                    identity: string;
                    /** @description Absent: for licences that the identity holds itself. */
                    organization?: string;
                    /** @description Qualified, `atlas:host.shell`, or bare where one product alone has it. */
                    feature: string;
                    /** @description An id, or a selector. Absent: any. */
                    resource?: string | {
                        environment?: string[];
                        region?: string[];
                        labels?: {
                            [key: string]: string[];
                        };
                    };
                    commands?: string[];
                    /** @description Who approved, and the roles that each held then. */
                    approved_by: {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        identity: string;
                        roles: string[];
                    }[];
                    /** @description What the request brings: context that terms declare `from: access_request`. */
                    context?: {
                        [key: string]: string | boolean | number | string[];
                    };
                    /**
                     * Format: date-time
                     * @description Default: now.
                     */
                    from?: string;
                    /** Format: date-time */
                    until: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        identity: string;
                        /** @description Absent: for licences that the identity holds itself. */
                        organization?: string;
                        /** @description Qualified, `atlas:host.shell`, or bare where one product alone has it. */
                        feature: string;
                        /** @description An id, or a selector. Absent: any. */
                        resource?: string | {
                            environment?: string[];
                            region?: string[];
                            labels?: {
                                [key: string]: string[];
                            };
                        };
                        commands?: string[];
                        /** @description Who approved, and the roles that each held then. */
                        approved_by: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            identity: string;
                            roles: string[];
                        }[];
                        /** @description What the request brings: context that terms declare `from: access_request`. */
                        context?: {
                            [key: string]: string | boolean | number | string[];
                        };
                        /** Format: date-time */
                        from: string;
                        /** Format: date-time */
                        until: string;
                        /** Format: date-time */
                        created_at: string;
                        created_by: string;
                        /** Format: date-time */
                        revoked_at?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readGrant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        identity: string;
                        /** @description Absent: for licences that the identity holds itself. */
                        organization?: string;
                        /** @description Qualified, `atlas:host.shell`, or bare where one product alone has it. */
                        feature: string;
                        /** @description An id, or a selector. Absent: any. */
                        resource?: string | {
                            environment?: string[];
                            region?: string[];
                            labels?: {
                                [key: string]: string[];
                            };
                        };
                        commands?: string[];
                        /** @description Who approved, and the roles that each held then. */
                        approved_by: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            identity: string;
                            roles: string[];
                        }[];
                        /** @description What the request brings: context that terms declare `from: access_request`. */
                        context?: {
                            [key: string]: string | boolean | number | string[];
                        };
                        /** Format: date-time */
                        from: string;
                        /** Format: date-time */
                        until: string;
                        /** Format: date-time */
                        created_at: string;
                        created_by: string;
                        /** Format: date-time */
                        revoked_at?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeGrant: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listLicenses: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
                /** @description `-`: descending. Default: `id`. */
                sort?: "id" | "-id" | "starts" | "-starts" | "ends" | "-ends" | "created_at" | "-created_at" | "updated_at" | "-updated_at";
                /** @description Part of its id, or that of its organization or holder, in capitals or not. */
                q?: string;
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                organization?: string;
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                holder?: string;
                /** @description As the terms name it. */
                product?: string;
                /** @description As the terms name it. */
                plan?: string;
                edition?: number;
                /** @description As decisions see it now. */
                state?: "in_force" | "in_grace" | "degraded" | "license_scheduled" | "license_expired" | "license_past_due" | "license_suspended" | "license_revoked";
                /** @description That end then or later, or never. */
                ends_from?: string;
                /** @description That end before then. */
                ends_before?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            id: string;
                            product: string;
                            plan: string;
                            edition: number;
                            organization?: string;
                            /** @description The identity that holds it, where no organization does. */
                            holder?: string;
                            /** Format: date-time */
                            starts: string;
                            /**
                             * Format: date-time
                             * @description Exclusive. Absent: an open end.
                             */
                            ends?: string;
                            /**
                             * Format: date-time
                             * @description Of a trial.
                             */
                            trial_ends?: string;
                            suspended: boolean;
                            /** Format: date-time */
                            revoked_at?: string;
                            /** Format: date-time */
                            past_due_since?: string;
                            /** @description What this licence has of its own beside its plan, in the short forms of the terms: `seats` and `grace` key by key, `includes` feature by feature. Keys that are given replace those of the plan; a list replaces all entries of a feature, an empty one takes it away. */
                            overrides?: {
                                [key: string]: unknown;
                            };
                            /**
                             * @description As decisions see it now.
                             * @enum {string}
                             */
                            state: "in_force" | "in_grace" | "degraded" | "license_scheduled" | "license_expired" | "license_past_due" | "license_suspended" | "license_revoked";
                            /** @description Also the ETag. */
                            version: number;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: date-time */
                            updated_at: string;
                        }[];
                        /** @description Absent on the last page. May lead to an empty one. */
                        next?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    issueLicense: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                    id?: string;
                    /** @description As the terms name it. */
                    product: string;
                    /** @description As the terms name it. */
                    plan: string;
                    /** @description Absent: the newest. */
                    edition?: number;
                    /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                    organization?: string;
                    /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                    holder?: string;
                    /**
                     * Format: date-time
                     * @description Absent: now.
                     */
                    starts?: string;
                    /** @description Exclusive. The terms may move it later, never earlier. null: an open end. */
                    ends?: string | null;
                    trial?: boolean;
                    /** @description What this licence has of its own beside its plan, in the short forms of the terms: `seats` and `grace` key by key, `includes` feature by feature. Keys that are given replace those of the plan; a list replaces all entries of a feature, an empty one takes it away. */
                    overrides?: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        product: string;
                        plan: string;
                        edition: number;
                        organization?: string;
                        /** @description The identity that holds it, where no organization does. */
                        holder?: string;
                        /** Format: date-time */
                        starts: string;
                        /**
                         * Format: date-time
                         * @description Exclusive. Absent: an open end.
                         */
                        ends?: string;
                        /**
                         * Format: date-time
                         * @description Of a trial.
                         */
                        trial_ends?: string;
                        suspended: boolean;
                        /** Format: date-time */
                        revoked_at?: string;
                        /** Format: date-time */
                        past_due_since?: string;
                        /** @description What this licence has of its own beside its plan, in the short forms of the terms: `seats` and `grace` key by key, `includes` feature by feature. Keys that are given replace those of the plan; a list replaces all entries of a feature, an empty one takes it away. */
                        overrides?: {
                            [key: string]: unknown;
                        };
                        /**
                         * @description As decisions see it now.
                         * @enum {string}
                         */
                        state: "in_force" | "in_grace" | "degraded" | "license_scheduled" | "license_expired" | "license_past_due" | "license_suspended" | "license_revoked";
                        /** @description Also the ETag. */
                        version: number;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readLicense: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        product: string;
                        plan: string;
                        edition: number;
                        organization?: string;
                        /** @description The identity that holds it, where no organization does. */
                        holder?: string;
                        /** Format: date-time */
                        starts: string;
                        /**
                         * Format: date-time
                         * @description Exclusive. Absent: an open end.
                         */
                        ends?: string;
                        /**
                         * Format: date-time
                         * @description Of a trial.
                         */
                        trial_ends?: string;
                        suspended: boolean;
                        /** Format: date-time */
                        revoked_at?: string;
                        /** Format: date-time */
                        past_due_since?: string;
                        /** @description What this licence has of its own beside its plan, in the short forms of the terms: `seats` and `grace` key by key, `includes` feature by feature. Keys that are given replace those of the plan; a list replaces all entries of a feature, an empty one takes it away. */
                        overrides?: {
                            [key: string]: unknown;
                        };
                        /**
                         * @description As decisions see it now.
                         * @enum {string}
                         */
                        state: "in_force" | "in_grace" | "degraded" | "license_scheduled" | "license_expired" | "license_past_due" | "license_suspended" | "license_revoked";
                        /** @description Also the ETag. */
                        version: number;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateLicense: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What this licence has of its own beside its plan, in the short forms of the terms: `seats` and `grace` key by key, `includes` feature by feature. Keys that are given replace those of the plan; a list replaces all entries of a feature, an empty one takes it away. null: nothing. */
                    overrides: {
                        [key: string]: unknown;
                    } | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        product: string;
                        plan: string;
                        edition: number;
                        organization?: string;
                        /** @description The identity that holds it, where no organization does. */
                        holder?: string;
                        /** Format: date-time */
                        starts: string;
                        /**
                         * Format: date-time
                         * @description Exclusive. Absent: an open end.
                         */
                        ends?: string;
                        /**
                         * Format: date-time
                         * @description Of a trial.
                         */
                        trial_ends?: string;
                        suspended: boolean;
                        /** Format: date-time */
                        revoked_at?: string;
                        /** Format: date-time */
                        past_due_since?: string;
                        /** @description What this licence has of its own beside its plan, in the short forms of the terms: `seats` and `grace` key by key, `includes` feature by feature. Keys that are given replace those of the plan; a list replaces all entries of a feature, an empty one takes it away. */
                        overrides?: {
                            [key: string]: unknown;
                        };
                        /**
                         * @description As decisions see it now.
                         * @enum {string}
                         */
                        state: "in_force" | "in_grace" | "degraded" | "license_scheduled" | "license_expired" | "license_past_due" | "license_suspended" | "license_revoked";
                        /** @description Also the ETag. */
                        version: number;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    suspendLicense: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
                /** @description For security: it is done at once, however many lose access by it, and the audit says so. */
                security?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        product: string;
                        plan: string;
                        edition: number;
                        organization?: string;
                        /** @description The identity that holds it, where no organization does. */
                        holder?: string;
                        /** Format: date-time */
                        starts: string;
                        /**
                         * Format: date-time
                         * @description Exclusive. Absent: an open end.
                         */
                        ends?: string;
                        /**
                         * Format: date-time
                         * @description Of a trial.
                         */
                        trial_ends?: string;
                        suspended: boolean;
                        /** Format: date-time */
                        revoked_at?: string;
                        /** Format: date-time */
                        past_due_since?: string;
                        /** @description What this licence has of its own beside its plan, in the short forms of the terms: `seats` and `grace` key by key, `includes` feature by feature. Keys that are given replace those of the plan; a list replaces all entries of a feature, an empty one takes it away. */
                        overrides?: {
                            [key: string]: unknown;
                        };
                        /**
                         * @description As decisions see it now.
                         * @enum {string}
                         */
                        state: "in_force" | "in_grace" | "degraded" | "license_scheduled" | "license_expired" | "license_past_due" | "license_suspended" | "license_revoked";
                        /** @description Also the ETag. */
                        version: number;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeLicense: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
                /** @description For security: it is done at once, however many lose access by it, and the audit says so. */
                security?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        product: string;
                        plan: string;
                        edition: number;
                        organization?: string;
                        /** @description The identity that holds it, where no organization does. */
                        holder?: string;
                        /** Format: date-time */
                        starts: string;
                        /**
                         * Format: date-time
                         * @description Exclusive. Absent: an open end.
                         */
                        ends?: string;
                        /**
                         * Format: date-time
                         * @description Of a trial.
                         */
                        trial_ends?: string;
                        suspended: boolean;
                        /** Format: date-time */
                        revoked_at?: string;
                        /** Format: date-time */
                        past_due_since?: string;
                        /** @description What this licence has of its own beside its plan, in the short forms of the terms: `seats` and `grace` key by key, `includes` feature by feature. Keys that are given replace those of the plan; a list replaces all entries of a feature, an empty one takes it away. */
                        overrides?: {
                            [key: string]: unknown;
                        };
                        /**
                         * @description As decisions see it now.
                         * @enum {string}
                         */
                        state: "in_force" | "in_grace" | "degraded" | "license_scheduled" | "license_expired" | "license_past_due" | "license_suspended" | "license_revoked";
                        /** @description Also the ETag. */
                        version: number;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeLicense: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
                /** @description For security: it is done at once, however many lose access by it, and the audit says so. */
                security?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        product: string;
                        plan: string;
                        edition: number;
                        organization?: string;
                        /** @description The identity that holds it, where no organization does. */
                        holder?: string;
                        /** Format: date-time */
                        starts: string;
                        /**
                         * Format: date-time
                         * @description Exclusive. Absent: an open end.
                         */
                        ends?: string;
                        /**
                         * Format: date-time
                         * @description Of a trial.
                         */
                        trial_ends?: string;
                        suspended: boolean;
                        /** Format: date-time */
                        revoked_at?: string;
                        /** Format: date-time */
                        past_due_since?: string;
                        /** @description What this licence has of its own beside its plan, in the short forms of the terms: `seats` and `grace` key by key, `includes` feature by feature. Keys that are given replace those of the plan; a list replaces all entries of a feature, an empty one takes it away. */
                        overrides?: {
                            [key: string]: unknown;
                        };
                        /**
                         * @description As decisions see it now.
                         * @enum {string}
                         */
                        state: "in_force" | "in_grace" | "degraded" | "license_scheduled" | "license_expired" | "license_past_due" | "license_suspended" | "license_revoked";
                        /** @description Also the ETag. */
                        version: number;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    markPaid: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
                /** @description For security: it is done at once, however many lose access by it, and the audit says so. */
                security?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        product: string;
                        plan: string;
                        edition: number;
                        organization?: string;
                        /** @description The identity that holds it, where no organization does. */
                        holder?: string;
                        /** Format: date-time */
                        starts: string;
                        /**
                         * Format: date-time
                         * @description Exclusive. Absent: an open end.
                         */
                        ends?: string;
                        /**
                         * Format: date-time
                         * @description Of a trial.
                         */
                        trial_ends?: string;
                        suspended: boolean;
                        /** Format: date-time */
                        revoked_at?: string;
                        /** Format: date-time */
                        past_due_since?: string;
                        /** @description What this licence has of its own beside its plan, in the short forms of the terms: `seats` and `grace` key by key, `includes` feature by feature. Keys that are given replace those of the plan; a list replaces all entries of a feature, an empty one takes it away. */
                        overrides?: {
                            [key: string]: unknown;
                        };
                        /**
                         * @description As decisions see it now.
                         * @enum {string}
                         */
                        state: "in_force" | "in_grace" | "degraded" | "license_scheduled" | "license_expired" | "license_past_due" | "license_suspended" | "license_revoked";
                        /** @description Also the ETag. */
                        version: number;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    renewLicense: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Exclusive. The terms may move it later, never earlier. null: an open end. */
                    ends: string | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        product: string;
                        plan: string;
                        edition: number;
                        organization?: string;
                        /** @description The identity that holds it, where no organization does. */
                        holder?: string;
                        /** Format: date-time */
                        starts: string;
                        /**
                         * Format: date-time
                         * @description Exclusive. Absent: an open end.
                         */
                        ends?: string;
                        /**
                         * Format: date-time
                         * @description Of a trial.
                         */
                        trial_ends?: string;
                        suspended: boolean;
                        /** Format: date-time */
                        revoked_at?: string;
                        /** Format: date-time */
                        past_due_since?: string;
                        /** @description What this licence has of its own beside its plan, in the short forms of the terms: `seats` and `grace` key by key, `includes` feature by feature. Keys that are given replace those of the plan; a list replaces all entries of a feature, an empty one takes it away. */
                        overrides?: {
                            [key: string]: unknown;
                        };
                        /**
                         * @description As decisions see it now.
                         * @enum {string}
                         */
                        state: "in_force" | "in_grace" | "degraded" | "license_scheduled" | "license_expired" | "license_past_due" | "license_suspended" | "license_revoked";
                        /** @description Also the ETag. */
                        version: number;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changePlan: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description As the terms name it. */
                    plan: string;
                    /** @description Absent: the newest. */
                    edition?: number;
                    /** @description What this licence has of its own beside its plan, in the short forms of the terms: `seats` and `grace` key by key, `includes` feature by feature. Keys that are given replace those of the plan; a list replaces all entries of a feature, an empty one takes it away. null: nothing. */
                    overrides?: {
                        [key: string]: unknown;
                    } | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        product: string;
                        plan: string;
                        edition: number;
                        organization?: string;
                        /** @description The identity that holds it, where no organization does. */
                        holder?: string;
                        /** Format: date-time */
                        starts: string;
                        /**
                         * Format: date-time
                         * @description Exclusive. Absent: an open end.
                         */
                        ends?: string;
                        /**
                         * Format: date-time
                         * @description Of a trial.
                         */
                        trial_ends?: string;
                        suspended: boolean;
                        /** Format: date-time */
                        revoked_at?: string;
                        /** Format: date-time */
                        past_due_since?: string;
                        /** @description What this licence has of its own beside its plan, in the short forms of the terms: `seats` and `grace` key by key, `includes` feature by feature. Keys that are given replace those of the plan; a list replaces all entries of a feature, an empty one takes it away. */
                        overrides?: {
                            [key: string]: unknown;
                        };
                        /**
                         * @description As decisions see it now.
                         * @enum {string}
                         */
                        state: "in_force" | "in_grace" | "degraded" | "license_scheduled" | "license_expired" | "license_past_due" | "license_suspended" | "license_revoked";
                        /** @description Also the ETag. */
                        version: number;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    markPastDue: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: date-time
                     * @description Absent: now.
                     */
                    since?: string;
                } | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        product: string;
                        plan: string;
                        edition: number;
                        organization?: string;
                        /** @description The identity that holds it, where no organization does. */
                        holder?: string;
                        /** Format: date-time */
                        starts: string;
                        /**
                         * Format: date-time
                         * @description Exclusive. Absent: an open end.
                         */
                        ends?: string;
                        /**
                         * Format: date-time
                         * @description Of a trial.
                         */
                        trial_ends?: string;
                        suspended: boolean;
                        /** Format: date-time */
                        revoked_at?: string;
                        /** Format: date-time */
                        past_due_since?: string;
                        /** @description What this licence has of its own beside its plan, in the short forms of the terms: `seats` and `grace` key by key, `includes` feature by feature. Keys that are given replace those of the plan; a list replaces all entries of a feature, an empty one takes it away. */
                        overrides?: {
                            [key: string]: unknown;
                        };
                        /**
                         * @description As decisions see it now.
                         * @enum {string}
                         */
                        state: "in_force" | "in_grace" | "degraded" | "license_scheduled" | "license_expired" | "license_past_due" | "license_suspended" | "license_revoked";
                        /** @description Also the ETag. */
                        version: number;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    transferLicense: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                    organization?: string;
                    /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                    holder?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        license: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            id: string;
                            product: string;
                            plan: string;
                            edition: number;
                            organization?: string;
                            /** @description The identity that holds it, where no organization does. */
                            holder?: string;
                            /** Format: date-time */
                            starts: string;
                            /**
                             * Format: date-time
                             * @description Exclusive. Absent: an open end.
                             */
                            ends?: string;
                            /**
                             * Format: date-time
                             * @description Of a trial.
                             */
                            trial_ends?: string;
                            suspended: boolean;
                            /** Format: date-time */
                            revoked_at?: string;
                            /** Format: date-time */
                            past_due_since?: string;
                            /** @description What this licence has of its own beside its plan, in the short forms of the terms: `seats` and `grace` key by key, `includes` feature by feature. Keys that are given replace those of the plan; a list replaces all entries of a feature, an empty one takes it away. */
                            overrides?: {
                                [key: string]: unknown;
                            };
                            /**
                             * @description As decisions see it now.
                             * @enum {string}
                             */
                            state: "in_force" | "in_grace" | "degraded" | "license_scheduled" | "license_expired" | "license_past_due" | "license_suspended" | "license_revoked";
                            /** @description Also the ETag. */
                            version: number;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: date-time */
                            updated_at: string;
                        };
                        /** @description What the old holder has no more. */
                        lost: {
                            /** @description Freed, named and floating. */
                            seats: number;
                            /** @description Revoked: the old holder knows them. */
                            license_keys: number;
                            /** @description Of the old organization, that decide nothing there any more. */
                            grants: number;
                        };
                        /** @description Signed before, and good until their own end: no transfer calls them back. */
                        license_files: number;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    moveToEdition: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description As the terms name it. */
                    product: string;
                    /** @description Absent: the newest. */
                    edition?: number;
                    /** @description As the terms name it. */
                    plan?: string;
                    /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                    organization?: string;
                    /** @description Only those of this edition. */
                    from?: number;
                    /** @description The `next` of the batch before. */
                    after?: string;
                    /** @default 50 */
                    limit?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        product: string;
                        edition: number;
                        /** @description In this batch. In a dry run none. */
                        moved: string[];
                        /** @description Of this batch; in a dry run those whose overrides do not fit. */
                        refused: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            license: string;
                            /** @description Why it stays: PLAN_UNKNOWN, OVERRIDES_INVALID, NO_TRIAL. */
                            code: string;
                            /** @description That in words, and what would help. */
                            detail: string;
                            /** @description That the edition has. */
                            plans?: string[];
                            errors?: {
                                in: string;
                                pointer: string;
                                detail: string;
                                code?: string;
                            }[];
                        }[];
                        /** @description Send it as `after` for the next batch. Absent: all are looked at. */
                        next?: string;
                        /** @description In a dry run: what the whole move comes to, by plan and edition. */
                        preview?: {
                            plan: string;
                            /** @description That they are on now. */
                            edition: number;
                            licenses: number;
                            organizations: number;
                            /** @description Active members of those organizations, and holders. */
                            identities: number;
                            /**
                             * @description The new edition has no such plan: put them on another plan first.
                             * @enum {boolean}
                             */
                            stays?: true;
                            /** @description What changes for them; what takes away comes first. */
                            consequences: {
                                /**
                                 * @description What it is about.
                                 * @enum {string}
                                 */
                                type: "product" | "title" | "order" | "wording" | "feature" | "kind" | "values" | "commands" | "repair" | "unreachable" | "minimum" | "level" | "signal" | "meter" | "fact" | "role" | "federation" | "ends" | "publish" | "plan" | "price" | "trial" | "seats" | "grace" | "degrade" | "enforcement" | "includes" | "limit" | "rate" | "value" | "resources" | "assurance" | "approval" | "obligations" | "when" | "needs" | "hours" | "regions" | "networks";
                                /** @description `narrows`: something that was allowed may be refused. `widens`: only what was refused may be allowed. */
                                direction: "narrows" | "widens" | "neutral";
                                /** @description `at_once`: protective, for every licence of every edition ever sold. `sold_or_moved`: for licences sold under, or moved to, the new edition. */
                                effect: "at_once" | "sold_or_moved";
                                plan?: string;
                                feature?: string;
                                role?: string;
                                /** @description Of a level, signal, meter, fact, alias, price or cause of grace. */
                                name?: string;
                                /** @description Which of several alternatives, from 1; where it is gone, in the old edition. */
                                entry?: number;
                                /** @description As the canonical form writes it; absent: there was none. */
                                before?: unknown;
                                after?: unknown;
                                /** @description For people. Not stable. */
                                sentence: string;
                            }[];
                        }[];
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    summariseLicenses: {
        parameters: {
            query?: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                organization?: string;
                /** @description As the terms name it. */
                product?: string;
                /** @description As the terms name it. */
                plan?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        at: string;
                        total: number;
                        states: {
                            in_force: number;
                            in_grace: number;
                            degraded: number;
                            license_scheduled: number;
                            license_expired: number;
                            license_past_due: number;
                            license_suspended: number;
                            license_revoked: number;
                        };
                        /** @description Of those in force. */
                        trials: number;
                        /** @description Who is on which edition, by product, plan and edition. */
                        plans: {
                            product: string;
                            plan: string;
                            edition: number;
                            licenses: number;
                        }[];
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEndings: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
                /** @description `-`: descending. Default: `ends`. */
                sort?: "ends" | "-ends";
                /** @description Absent: now. */
                from?: string;
                /** @description Exclusive. Absent: 90 days after `from`. */
                until?: string;
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                organization?: string;
                /** @description As the terms name it. */
                product?: string;
                /** @description As the terms name it. */
                plan?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            id: string;
                            product: string;
                            plan: string;
                            edition: number;
                            organization?: string;
                            /** @description The identity that holds it, where no organization does. */
                            holder?: string;
                            /** Format: date-time */
                            starts: string;
                            /**
                             * Format: date-time
                             * @description Exclusive. Absent: an open end.
                             */
                            ends?: string;
                            /**
                             * Format: date-time
                             * @description Of a trial.
                             */
                            trial_ends?: string;
                            suspended: boolean;
                            /** Format: date-time */
                            revoked_at?: string;
                            /** Format: date-time */
                            past_due_since?: string;
                            /** @description What this licence has of its own beside its plan, in the short forms of the terms: `seats` and `grace` key by key, `includes` feature by feature. Keys that are given replace those of the plan; a list replaces all entries of a feature, an empty one takes it away. */
                            overrides?: {
                                [key: string]: unknown;
                            };
                            /**
                             * @description As decisions see it now.
                             * @enum {string}
                             */
                            state: "in_force" | "in_grace" | "degraded" | "license_scheduled" | "license_expired" | "license_past_due" | "license_suspended" | "license_revoked";
                            /** @description Also the ETag. */
                            version: number;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: date-time */
                            updated_at: string;
                        }[];
                        /** @description Absent on the last page. May lead to an empty one. */
                        next?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    countEndings: {
        parameters: {
            query?: {
                /** @description Absent: now. */
                from?: string;
                /** @description Exclusive. Absent: 90 days after `from`. */
                until?: string;
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                organization?: string;
                /** @description As the terms name it. */
                product?: string;
                /** @description As the terms name it. */
                plan?: string;
                /** @description Whose days: a name of the IANA time zone database. Absent: UTC. */
                zone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        from: string;
                        /** Format: date-time */
                        until: string;
                        /** @description In order; days on which none ends are left out. */
                        items: {
                            /** Format: date */
                            day: string;
                            licenses: number;
                        }[];
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    forecast: {
        parameters: {
            query?: {
                /** @description The horizon. */
                days?: number;
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                organization?: string;
                /** @description As the terms name it. */
                product?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        at: string;
                        /** Format: date-time */
                        until: string;
                        ends: {
                            licenses: number;
                            trials: number;
                            /** @description Of those that run now. */
                            graces: number;
                        };
                        /** @description The soonest 200; `/v1/license-endings` has all. */
                        endings: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            id: string;
                            product: string;
                            plan: string;
                            edition: number;
                            organization?: string;
                            /** @description The identity that holds it, where no organization does. */
                            holder?: string;
                            /** Format: date-time */
                            starts: string;
                            /**
                             * Format: date-time
                             * @description Exclusive. Absent: an open end.
                             */
                            ends?: string;
                            /**
                             * Format: date-time
                             * @description Of a trial.
                             */
                            trial_ends?: string;
                            suspended: boolean;
                            /** Format: date-time */
                            revoked_at?: string;
                            /** Format: date-time */
                            past_due_since?: string;
                            /** @description What this licence has of its own beside its plan, in the short forms of the terms: `seats` and `grace` key by key, `includes` feature by feature. Keys that are given replace those of the plan; a list replaces all entries of a feature, an empty one takes it away. */
                            overrides?: {
                                [key: string]: unknown;
                            };
                            /**
                             * @description As decisions see it now.
                             * @enum {string}
                             */
                            state: "in_force" | "in_grace" | "degraded" | "license_scheduled" | "license_expired" | "license_past_due" | "license_suspended" | "license_revoked";
                            /** @description Also the ETag. */
                            version: number;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: date-time */
                            updated_at: string;
                        }[];
                        /** @description The soonest first. */
                        exhaustions: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            license: string;
                            product: string;
                            plan: string;
                            organization?: string;
                            holder?: string;
                            /** @enum {string} */
                            kind: "meter" | "seats";
                            meter?: string;
                            /**
                             * Format: date-time
                             * @description Of a meter: when the next window begins at nothing.
                             */
                            until?: string;
                            /** @description With what is held back or leased. */
                            used: number;
                            limit: number;
                            /** @description The trend: a seventh of the median week of the last 28 days. */
                            per_day: number;
                            /**
                             * Format: date-time
                             * @description When it is full, if it goes on so.
                             */
                            at: string;
                        }[];
                        /** @description Limits in use of which there is too little to say. */
                        unclear: number;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    forecastAssurance: {
        parameters: {
            query: {
                /** @description As the terms name it. */
                product: string;
                /** @description Absent: the newest. */
                edition?: number;
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                organization?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        product: string;
                        edition: number;
                        items: {
                            plan: string;
                            level: string;
                            /** @description That ask for it. */
                            features: string[];
                            /** @description What they would have to enrol: any one of these proves it. */
                            lacking: string[];
                            /** @description Active members and holders, none of whose factors reaches the level. */
                            identities: number;
                            /** @description Those of whom no factors are recorded. */
                            unknown: number;
                        }[];
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listLicenseKeys: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
                /** @description `-`: descending. Default: `id`. */
                sort?: "id" | "-id" | "created_at" | "-created_at";
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            id: string;
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            license: string;
                            /** Format: date-time */
                            created_at: string;
                            created_by: string;
                            /** Format: date-time */
                            revoked_at?: string;
                        }[];
                        /** @description Absent on the last page. May lead to an empty one. */
                        next?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createLicenseKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        license: string;
                        /** Format: date-time */
                        created_at: string;
                        created_by: string;
                        /** Format: date-time */
                        revoked_at?: string;
                        /** @description `writ_lic_…`. The secret. It is shown this once. */
                        key: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeLicenseKey: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listLicenseFiles: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
                /** @description `-`: descending. Default: `id`. */
                sort?: "id" | "-id" | "issued_at" | "-issued_at";
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            id: string;
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            license: string;
                            /** @description The license signing key; `/.well-known/writ-keys` says what the root says of it. */
                            kid: string;
                            /** @description Of the whole text, hex. */
                            sha256: string;
                            /** Format: date-time */
                            issued_at: string;
                            issued_by: string;
                        }[];
                        /** @description Absent on the last page. May lead to an empty one. */
                        next?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    issueLicenseFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    identities?: "roster" | "asserted";
                    /** @description Only these members. Absent: all that are active. */
                    roster?: string[];
                    /** @description Declared resources that the file is to know. */
                    resources?: string[];
                    binding?: {
                        /** @description RFC 7638 thumbprint of a key that the device holds. */
                        device_key?: string;
                        fingerprint?: {
                            components: string[];
                            /** @description How many of them the device must have. */
                            at_least: number;
                        };
                    };
                    /** @description Public JWK of the holder, made for this alone: only its private half reads the answer. `sha256` is of the file inside. */
                    encrypt_to?: {
                        /** @enum {string} */
                        kty: "EC";
                        /** @enum {string} */
                        crv: "P-256";
                        x: string;
                        y: string;
                    };
                } | null;
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        license: string;
                        /** @description The license signing key; `/.well-known/writ-keys` says what the root says of it. */
                        kid: string;
                        /** @description Of the whole text, hex. */
                        sha256: string;
                        /** Format: date-time */
                        issued_at: string;
                        issued_by: string;
                        /** @description The armoured text. It is not kept. */
                        file: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readStatusList: {
        parameters: {
            query?: {
                /** @description Not supported: 501. */
                time?: string;
            };
            header?: never;
            path: {
                list: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Signed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/statuslist+jwt": string;
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listStatusLists: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        status_lists: string[];
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readFileLog: {
        parameters: {
            query?: {
                /** @description Absent: the first. */
                part?: number;
            };
            header?: never;
            path: {
                kid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Signed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/writ-file-log+jwt": string;
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    foretellKeyRevocation: {
        parameters: {
            query?: {
                /** @description Since when. Absent: since now; of a revoked one, since then. */
                at?: string;
            };
            header?: never;
            path: {
                kid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        kid: string;
                        /**
                         * @description What the key signs, and nothing else.
                         * @enum {unknown}
                         */
                        use: "license" | "entitlement_token" | "usage_receipt" | "status_list" | "contact" | "freshness" | "file_log";
                        /** Format: date-time */
                        from: string;
                        files?: {
                            /** @description License files that it ever signed. */
                            signed: number;
                            /** @description Of these, issued since: they stop verifying. */
                            stop: number;
                            /** @description Issued before: they hold for whoever has the signed list of them, and for nobody else. */
                            need_log: number;
                            /** @description That these files are of, revoked ones aside. */
                            licenses: number;
                            /** @description Activated for these licences, with a file that is good still: at most so many are concerned. */
                            devices: number;
                            /**
                             * Format: date-time
                             * @description When the last of their files is over anyhow.
                             */
                            devices_until?: string;
                        };
                        /**
                         * Format: date-time
                         * @description Of entitlement tokens: all that it signed stop, and the last of them would be over then anyhow.
                         */
                        tokens_until?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listActivations: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
                /** @description `-`: descending. Default: `id`. */
                sort?: "id" | "-id" | "created_at" | "-created_at";
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                license?: string;
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                organization?: string;
                state?: "live" | "over";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            id: string;
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            license: string;
                            name: string;
                            /** @description RFC 7638 thumbprint of the key that the device has proven to hold. */
                            device_key: string;
                            /**
                             * @description `cloned`: two devices used its key, and none is given a file any more. `ended`: what was checked out ran out.
                             * @enum {string}
                             */
                            state: "live" | "cloned" | "ended" | "released" | "revoked";
                            /** @description Whose place it is: proven at every contact by a token. */
                            workload?: {
                                issuer: string;
                                subject: string;
                            };
                            share: {
                                /** @description Floating seats. Default: 1, where the plan has floating seats. */
                                seats?: number;
                                /** @description Units a window, by meter. */
                                quotas?: {
                                    [key: string]: number;
                                };
                            };
                            /** Format: date-time */
                            created_at: string;
                            created_by: string;
                            /**
                             * Format: date-time
                             * @description Of what was checked out: its place is free from then on.
                             */
                            ends_at?: string;
                            /**
                             * Format: date-time
                             * @description Its last file is good so long with no network, at the most.
                             */
                            file_until?: string;
                            /** Format: date-time */
                            last_contact_at?: string;
                            /** @description How far its clock was ahead of ours at the last contact. */
                            clock_offset_seconds?: number;
                            /** Format: date-time */
                            cloned_at?: string;
                            /** Format: date-time */
                            released_at?: string;
                            released_by?: string;
                        }[];
                        /** @description Absent on the last page. May lead to an empty one. */
                        next?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    activate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What the device signed: compact, or in armour. */
                    request: string;
                    /** @description Not needed with a license key, which says it. */
                    license?: string;
                    /** @description Default: as the device calls itself. */
                    name?: string;
                    identities?: "roster" | "asserted";
                    resources?: string[];
                    /** @description Check out for so many days: its file holds so long, then its place is free. */
                    days?: number;
                    share?: {
                        /** @description Floating seats. Default: 1, where the plan has floating seats. */
                        seats?: number;
                        /** @description Units a window, by meter. */
                        quotas?: {
                            [key: string]: number;
                        };
                    };
                    /** @description Public JWK of the holder, made for this alone: only its private half reads the answer. `sha256` is of the file inside. */
                    encrypt_to?: {
                        /** @enum {string} */
                        kty: "EC";
                        /** @enum {string} */
                        crv: "P-256";
                        x: string;
                        y: string;
                    };
                    /** @description The activation whose place this device takes. */
                    replaces?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        license: string;
                        name: string;
                        /** @description RFC 7638 thumbprint of the key that the device has proven to hold. */
                        device_key: string;
                        /**
                         * @description `cloned`: two devices used its key, and none is given a file any more. `ended`: what was checked out ran out.
                         * @enum {string}
                         */
                        state: "live" | "cloned" | "ended" | "released" | "revoked";
                        /** @description Whose place it is: proven at every contact by a token. */
                        workload?: {
                            issuer: string;
                            subject: string;
                        };
                        share: {
                            /** @description Floating seats. Default: 1, where the plan has floating seats. */
                            seats?: number;
                            /** @description Units a window, by meter. */
                            quotas?: {
                                [key: string]: number;
                            };
                        };
                        /** Format: date-time */
                        created_at: string;
                        created_by: string;
                        /**
                         * Format: date-time
                         * @description Of what was checked out: its place is free from then on.
                         */
                        ends_at?: string;
                        /**
                         * Format: date-time
                         * @description Its last file is good so long with no network, at the most.
                         */
                        file_until?: string;
                        /** Format: date-time */
                        last_contact_at?: string;
                        /** @description How far its clock was ahead of ours at the last contact. */
                        clock_offset_seconds?: number;
                        /** Format: date-time */
                        cloned_at?: string;
                        /** Format: date-time */
                        released_at?: string;
                        released_by?: string;
                        /** @description The license file, armoured. It is not kept. */
                        file?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readActivation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        license: string;
                        name: string;
                        /** @description RFC 7638 thumbprint of the key that the device has proven to hold. */
                        device_key: string;
                        /**
                         * @description `cloned`: two devices used its key, and none is given a file any more. `ended`: what was checked out ran out.
                         * @enum {string}
                         */
                        state: "live" | "cloned" | "ended" | "released" | "revoked";
                        /** @description Whose place it is: proven at every contact by a token. */
                        workload?: {
                            issuer: string;
                            subject: string;
                        };
                        share: {
                            /** @description Floating seats. Default: 1, where the plan has floating seats. */
                            seats?: number;
                            /** @description Units a window, by meter. */
                            quotas?: {
                                [key: string]: number;
                            };
                        };
                        /** Format: date-time */
                        created_at: string;
                        created_by: string;
                        /**
                         * Format: date-time
                         * @description Of what was checked out: its place is free from then on.
                         */
                        ends_at?: string;
                        /**
                         * Format: date-time
                         * @description Its last file is good so long with no network, at the most.
                         */
                        file_until?: string;
                        /** Format: date-time */
                        last_contact_at?: string;
                        /** @description How far its clock was ahead of ours at the last contact. */
                        clock_offset_seconds?: number;
                        /** Format: date-time */
                        cloned_at?: string;
                        /** Format: date-time */
                        released_at?: string;
                        released_by?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    releaseActivation: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
                /** @description The device is known to be gone, as a container that was thrown away: what its last file may still use is free for others at once. Also of one that was released before. */
                free_share?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        license: string;
                        name: string;
                        /** @description RFC 7638 thumbprint of the key that the device has proven to hold. */
                        device_key: string;
                        /**
                         * @description `cloned`: two devices used its key, and none is given a file any more. `ended`: what was checked out ran out.
                         * @enum {string}
                         */
                        state: "live" | "cloned" | "ended" | "released" | "revoked";
                        /** @description Whose place it is: proven at every contact by a token. */
                        workload?: {
                            issuer: string;
                            subject: string;
                        };
                        share: {
                            /** @description Floating seats. Default: 1, where the plan has floating seats. */
                            seats?: number;
                            /** @description Units a window, by meter. */
                            quotas?: {
                                [key: string]: number;
                            };
                        };
                        /** Format: date-time */
                        created_at: string;
                        created_by: string;
                        /**
                         * Format: date-time
                         * @description Of what was checked out: its place is free from then on.
                         */
                        ends_at?: string;
                        /**
                         * Format: date-time
                         * @description Its last file is good so long with no network, at the most.
                         */
                        file_until?: string;
                        /** Format: date-time */
                        last_contact_at?: string;
                        /** @description How far its clock was ahead of ours at the last contact. */
                        clock_offset_seconds?: number;
                        /** Format: date-time */
                        cloned_at?: string;
                        /** Format: date-time */
                        released_at?: string;
                        released_by?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeActivation: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        license: string;
                        name: string;
                        /** @description RFC 7638 thumbprint of the key that the device has proven to hold. */
                        device_key: string;
                        /**
                         * @description `cloned`: two devices used its key, and none is given a file any more. `ended`: what was checked out ran out.
                         * @enum {string}
                         */
                        state: "live" | "cloned" | "ended" | "released" | "revoked";
                        /** @description Whose place it is: proven at every contact by a token. */
                        workload?: {
                            issuer: string;
                            subject: string;
                        };
                        share: {
                            /** @description Floating seats. Default: 1, where the plan has floating seats. */
                            seats?: number;
                            /** @description Units a window, by meter. */
                            quotas?: {
                                [key: string]: number;
                            };
                        };
                        /** Format: date-time */
                        created_at: string;
                        created_by: string;
                        /**
                         * Format: date-time
                         * @description Of what was checked out: its place is free from then on.
                         */
                        ends_at?: string;
                        /**
                         * Format: date-time
                         * @description Its last file is good so long with no network, at the most.
                         */
                        file_until?: string;
                        /** Format: date-time */
                        last_contact_at?: string;
                        /** @description How far its clock was ahead of ours at the last contact. */
                        clock_offset_seconds?: number;
                        /** Format: date-time */
                        cloned_at?: string;
                        /** Format: date-time */
                        released_at?: string;
                        released_by?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    contact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    contact: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        license: string;
                        name: string;
                        /** @description RFC 7638 thumbprint of the key that the device has proven to hold. */
                        device_key: string;
                        /**
                         * @description `cloned`: two devices used its key, and none is given a file any more. `ended`: what was checked out ran out.
                         * @enum {string}
                         */
                        state: "live" | "cloned" | "ended" | "released" | "revoked";
                        /** @description Whose place it is: proven at every contact by a token. */
                        workload?: {
                            issuer: string;
                            subject: string;
                        };
                        share: {
                            /** @description Floating seats. Default: 1, where the plan has floating seats. */
                            seats?: number;
                            /** @description Units a window, by meter. */
                            quotas?: {
                                [key: string]: number;
                            };
                        };
                        /** Format: date-time */
                        created_at: string;
                        created_by: string;
                        /**
                         * Format: date-time
                         * @description Of what was checked out: its place is free from then on.
                         */
                        ends_at?: string;
                        /**
                         * Format: date-time
                         * @description Its last file is good so long with no network, at the most.
                         */
                        file_until?: string;
                        /** Format: date-time */
                        last_contact_at?: string;
                        /** @description How far its clock was ahead of ours at the last contact. */
                        clock_offset_seconds?: number;
                        /** Format: date-time */
                        cloned_at?: string;
                        /** Format: date-time */
                        released_at?: string;
                        released_by?: string;
                        /** @description The license file, armoured. It is not kept. */
                        file?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readActivationRules: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Devices at a time. Default: 3. */
                        most: number;
                        /** @description Releases by the customer within 30 days. Default: 3. */
                        self_releases: number;
                        /** @description The most days of a check-out. Default: 0, none. */
                        most_days: number;
                        identities: "roster" | "asserted";
                        /** @description Which workloads may be activated, and no other device. Absent: every device. */
                        workloads?: {
                            issuer: string;
                            /** @description Exactly, or the beginning of one and `*`. */
                            subject: string;
                        }[];
                        share?: {
                            /** @description Floating seats. Default: 1, where the plan has floating seats. */
                            seats?: number;
                            /** @description Units a window, by meter. */
                            quotas?: {
                                [key: string]: number;
                            };
                        };
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replaceActivationRules: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Devices at a time. Default: 3. */
                    most: number;
                    /** @description Releases by the customer within 30 days. Default: 3. */
                    self_releases: number;
                    /** @description The most days of a check-out. Default: 0, none. */
                    most_days: number;
                    identities: "roster" | "asserted";
                    /** @description Which workloads may be activated, and no other device. Absent: every device. */
                    workloads?: {
                        issuer: string;
                        /** @description Exactly, or the beginning of one and `*`. */
                        subject: string;
                    }[];
                    share?: {
                        /** @description Floating seats. Default: 1, where the plan has floating seats. */
                        seats?: number;
                        /** @description Units a window, by meter. */
                        quotas?: {
                            [key: string]: number;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Devices at a time. Default: 3. */
                        most: number;
                        /** @description Releases by the customer within 30 days. Default: 3. */
                        self_releases: number;
                        /** @description The most days of a check-out. Default: 0, none. */
                        most_days: number;
                        identities: "roster" | "asserted";
                        /** @description Which workloads may be activated, and no other device. Absent: every device. */
                        workloads?: {
                            issuer: string;
                            /** @description Exactly, or the beginning of one and `*`. */
                            subject: string;
                        }[];
                        share?: {
                            /** @description Floating seats. Default: 1, where the plan has floating seats. */
                            seats?: number;
                            /** @description Units a window, by meter. */
                            quotas?: {
                                [key: string]: number;
                            };
                        };
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSeats: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
                /** @description `-`: descending. Default: `identity`. */
                sort?: "identity" | "-identity" | "license" | "-license";
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                license?: string;
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                identity?: string;
                /** @description Whose licences they are of. */
                organization?: string;
                /** @description As the terms name it. */
                product?: string;
                kind?: "named" | "floating";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            license: string;
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            identity: string;
                            kind: "named" | "floating";
                            /** Format: date-time */
                            taken_at: string;
                            /**
                             * Format: date-time
                             * @description Of a floating seat: when its lease runs out.
                             */
                            until?: string;
                            /** @description Of a floating seat: the API key whose application keeps it by heartbeats. */
                            source?: string;
                        }[];
                        /** @description Absent on the last page. May lead to an empty one. */
                        next?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    summariseSeats: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Absent: the plan has no seats, and nobody needs one. */
                        kind?: "named" | "floating";
                        /** @description As sold. */
                        count?: number;
                        /** @description With overage: how many are let in. */
                        limit?: number;
                        taken: number;
                        /** @description Of those, how many activated devices hold to use with no network; `GET /v1/seats` lists whom people have. */
                        on_devices?: number;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assignSeat: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                license: string;
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                identity: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        license: string;
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        identity: string;
                        kind: "named" | "floating";
                        /** Format: date-time */
                        taken_at: string;
                        /**
                         * Format: date-time
                         * @description Of a floating seat: when its lease runs out.
                         */
                        until?: string;
                        /** @description Of a floating seat: the API key whose application keeps it by heartbeats. */
                        source?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    freeSeat: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                license: string;
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                identity: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readUsage: {
        parameters: {
            query: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                license: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        license: string;
                        meters: {
                            meter: string;
                            /** Format: date-time */
                            from: string;
                            /**
                             * Format: date-time
                             * @description Exclusive: the next window begins here at nothing.
                             */
                            until: string;
                            used: number;
                            /** @description Held back by reservations, beside what is used: while they are open, and five seconds more, until every clock says that they are not. */
                            reserved: number;
                            /** @description At hand in enforcers, beside what is used: slices that they spend without asking, while their leases run. */
                            leased: number;
                            /** @description The largest that the plan has for this window, seats counted in. */
                            limit: number;
                        }[];
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readUsageCounts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    licenses: string[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        counts: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            license: string;
                            meter: string;
                            /** Format: date-time */
                            from: string;
                            /**
                             * Format: date-time
                             * @description Exclusive.
                             */
                            until: string;
                            /** @description With what is held back, and at hand in enforcers. */
                            used: number;
                        }[];
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listFullestLimits: {
        parameters: {
            query?: {
                limit?: number;
                /** @description Only those as full as this: 0.8 for four fifths. */
                at_least?: number;
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                organization?: string;
                product?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The fullest first. */
                        items: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            license: string;
                            product: string;
                            plan: string;
                            organization?: string;
                            holder?: string;
                            /** @enum {string} */
                            kind: "meter" | "seats";
                            meter?: string;
                            /** Format: date-time */
                            from?: string;
                            /**
                             * Format: date-time
                             * @description Of a meter: when the next window begins at nothing.
                             */
                            until?: string;
                            used: number;
                            /** @description Held back by reservations, beside what is used: while they are open, and five seconds more, until every clock says that they are not. */
                            reserved: number;
                            /** @description At hand in enforcers, beside what is used: slices that they spend without asking, while their leases run. */
                            leased: number;
                            /** @description What nobody used, holds back or leased yet. */
                            remaining: number;
                            /** @description The largest that the plan has for this window; of seats, how many are sold. */
                            limit: number;
                            /** @description `used`, `reserved` and `leased` of `limit`; above 1 where more is let in. */
                            fill: number;
                        }[];
                        /** @description false: there are so many open counters that only the most used were looked at. */
                        complete: boolean;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readUsageHistory: {
        parameters: {
            query: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                license: string;
                /** @description As the terms name it. */
                meter: string;
                step?: "hour" | "day" | "month";
                /** @description Absent: two days before `to` in hours, 30 days in days, a year in months. */
                from?: string;
                /** @description Exclusive. Absent: now. */
                to?: string;
                /** @description Whose days and months: a name of the IANA time zone database. Absent: the zone in which the plan counts the meter, and else UTC. */
                zone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        license: string;
                        meter: string;
                        /** @description Absent: the edition of the licence does not have the meter any more. */
                        unit?: string;
                        /** @description Whose days and months the steps are. */
                        zone: string;
                        /** @description Of all steps. */
                        units: number;
                        /** @description In order, those without usage too. */
                        steps: {
                            /** Format: date-time */
                            from: string;
                            /**
                             * Format: date-time
                             * @description Exclusive.
                             */
                            until: string;
                            units: number;
                            /** @description How many times units were consumed, or settled of a reservation. */
                            times: number;
                        }[];
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readUsageReceipt: {
        parameters: {
            query: {
                meter: string;
                /** @description Absent: where the longest window of the plan that holds the end begins. */
                from?: string;
                /** @description Exclusive. Absent, or still to come: now. */
                to?: string;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        receipt: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCountedUsage: {
        parameters: {
            query: {
                meter: string;
                /** @description Absent: where the longest window of the plan that holds the end begins. */
                from?: string;
                /** @description Exclusive. Absent, or still to come: now. */
                to?: string;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Streamed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listImports: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
                /** @description `-`: descending. Default: `-created_at`. */
                sort?: "id" | "-id" | "created_at" | "-created_at";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            id: string;
                            /** @enum {string} */
                            kind: "organizations" | "identities" | "resources" | "licenses" | "seats";
                            /**
                             * @description RFC 4180 with a header, or one JSON object a line.
                             * @enum {string}
                             */
                            format: "csv" | "jsonl";
                            dry_run: boolean;
                            /** @enum {string} */
                            state: "open" | "done";
                            /** @description That are done with, refused ones included. Send what comes after them. */
                            rows: number;
                            created: number;
                            changed: number;
                            unchanged: number;
                            /** @description Each is in the report, up to 10,000. */
                            refused: number;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: date-time */
                            updated_at: string;
                        }[];
                        /** @description Absent on the last page. May lead to an empty one. */
                        next?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    beginImport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                    id?: string;
                    /** @enum {string} */
                    kind: "organizations" | "identities" | "resources" | "licenses" | "seats";
                    /**
                     * @description RFC 4180 with a header, or one JSON object a line.
                     * @enum {string}
                     */
                    format: "csv" | "jsonl";
                    /** @description Say what would become of each row, and do nothing. */
                    dry_run?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        /** @enum {string} */
                        kind: "organizations" | "identities" | "resources" | "licenses" | "seats";
                        /**
                         * @description RFC 4180 with a header, or one JSON object a line.
                         * @enum {string}
                         */
                        format: "csv" | "jsonl";
                        dry_run: boolean;
                        /** @enum {string} */
                        state: "open" | "done";
                        /** @description That are done with, refused ones included. Send what comes after them. */
                        rows: number;
                        created: number;
                        changed: number;
                        unchanged: number;
                        /** @description Each is in the report, up to 10,000. */
                        refused: number;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        /** @enum {string} */
                        kind: "organizations" | "identities" | "resources" | "licenses" | "seats";
                        /**
                         * @description RFC 4180 with a header, or one JSON object a line.
                         * @enum {string}
                         */
                        format: "csv" | "jsonl";
                        dry_run: boolean;
                        /** @enum {string} */
                        state: "open" | "done";
                        /** @description That are done with, refused ones included. Send what comes after them. */
                        rows: number;
                        created: number;
                        changed: number;
                        unchanged: number;
                        /** @description Each is in the report, up to 10,000. */
                        refused: number;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listImportFaults: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
                /** @description `-`: descending. Default: `row`. */
                sort?: "row" | "-row";
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description From 1, without the header. */
                            row: number;
                            /** @description On which it begins, from 1, with the header. */
                            line: number;
                            column?: string;
                            code: string;
                            detail: string;
                        }[];
                        /** @description Absent on the last page. May lead to an empty one. */
                        next?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportRows: {
        parameters: {
            query: {
                /** @description RFC 4180 with a header, or one JSON object a line. */
                format: "csv" | "jsonl";
                /** @description Only its members or licences. */
                organization?: string;
            };
            header?: never;
            path: {
                kind: "organizations" | "identities" | "resources" | "licenses" | "seats";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Streamed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                    "application/x-ndjson": string;
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    foretellImpact: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    change?: {
                        method: "POST" | "PUT" | "PATCH" | "DELETE";
                        /** @description As it would be asked for: /v1/licenses/lic_1/revoke */
                        path: string;
                        /** @description As it would be sent. */
                        body?: unknown;
                    };
                    publish?: {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        product: string;
                        /** @description The terms file, YAML, at most 1 MiB. */
                        terms: string;
                        /** @description And every licence moved to them. Absent: those that there are keep their edition. */
                        move?: boolean;
                    };
                    /** @default 90 */
                    horizon_days?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        revision: number;
                        /** Format: date-time */
                        from: string;
                        /**
                         * Format: date-time
                         * @description Exclusive. Absent: however late it is.
                         */
                        until?: string;
                        /** @description Identities that can use something no more. */
                        losing: number;
                        /** @description Identities that can use something that they could not. */
                        gaining: number;
                        /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                        changing: number;
                        products: {
                            product: string;
                            /** @description Identities that can use something no more. */
                            losing: number;
                            /** @description Identities that can use something that they could not. */
                            gaining: number;
                            /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                            changing: number;
                        }[];
                        features: {
                            product: string;
                            feature: string;
                            command?: string;
                            /** @description Identities that can use something no more. */
                            losing: number;
                            /** @description Identities that can use something that they could not. */
                            gaining: number;
                            /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                            changing: number;
                        }[];
                        /** @description When it begins, the first ones. */
                        instants: {
                            /** Format: date-time */
                            at: string;
                            /** @description Identities that can use something no more. */
                            losing: number;
                            /** @description Identities that can use something that they could not. */
                            gaining: number;
                            /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                            changing: number;
                        }[];
                        /** @description Those who share all that decides, the largest first. */
                        groups: {
                            identities: number;
                            examples: string[];
                            /** @description Absent: by licences of their own. */
                            organization?: string;
                            product: string;
                            /** @description Of the organization for the product, as they are now. */
                            licenses: {
                                license: string;
                                plan: string;
                                edition: number;
                            }[];
                            roles?: string[];
                            effects: {
                                feature: string;
                                command?: string;
                                effect: "loses" | "gains" | "changes";
                                /** Format: date-time */
                                at: string;
                                /** @description Of a loss, why not any more; of a gain, why not before. */
                                reason?: string;
                                /** @description Of a change, what is another: assurance, conditions, quota, … */
                                parts?: string[];
                            }[];
                        }[];
                        /** @description Groups that are not shown. */
                        more_groups: number;
                        /** @description Of terms: who could not prove what they ask for and the newest edition does not. Also who could not use it before, so it need not be a loss. */
                        unprovable?: {
                            plan: string;
                            level: string;
                            /** @description That ask for it. */
                            features: string[];
                            /** @description What they would have to enrol: any one of these proves it. */
                            lacking: string[];
                            /** @description Active members and holders, none of whose factors reaches the level. */
                            identities: number;
                            /** @description Those of whom no factors are recorded. */
                            unknown: number;
                            /** @description `at_once`: of everybody with the plan, as soon as it is published. `sold_or_moved`: once they are on it. */
                            effect: "at_once" | "sold_or_moved";
                        }[];
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listParkedChanges: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
                /** @description `-`: descending. Default: `-at`. */
                sort?: "id" | "-id" | "at" | "-at";
                state?: "waiting" | "confirmed" | "discarded";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            id: string;
                            /** Format: date-time */
                            at: string;
                            /**
                             * Format: date-time
                             * @description From then on nobody confirms it any more.
                             */
                            expires_at: string;
                            /** @description Who asked for it. It is done as theirs. */
                            api_key: string;
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            identity?: string;
                            /** @description As the audit calls it: license.suspend */
                            action: string;
                            subject: string;
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            organization?: string;
                            method: string;
                            url: string;
                            impact: {
                                revision: number;
                                /** Format: date-time */
                                from: string;
                                /**
                                 * Format: date-time
                                 * @description Exclusive. Absent: however late it is.
                                 */
                                until?: string;
                                /** @description Identities that can use something no more. */
                                losing: number;
                                /** @description Identities that can use something that they could not. */
                                gaining: number;
                                /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                                changing: number;
                                products: {
                                    product: string;
                                    /** @description Identities that can use something no more. */
                                    losing: number;
                                    /** @description Identities that can use something that they could not. */
                                    gaining: number;
                                    /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                                    changing: number;
                                }[];
                                features: {
                                    product: string;
                                    feature: string;
                                    command?: string;
                                    /** @description Identities that can use something no more. */
                                    losing: number;
                                    /** @description Identities that can use something that they could not. */
                                    gaining: number;
                                    /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                                    changing: number;
                                }[];
                                /** @description When it begins, the first ones. */
                                instants: {
                                    /** Format: date-time */
                                    at: string;
                                    /** @description Identities that can use something no more. */
                                    losing: number;
                                    /** @description Identities that can use something that they could not. */
                                    gaining: number;
                                    /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                                    changing: number;
                                }[];
                                /** @description Those who share all that decides, the largest first. */
                                groups: {
                                    identities: number;
                                    examples: string[];
                                    /** @description Absent: by licences of their own. */
                                    organization?: string;
                                    product: string;
                                    /** @description Of the organization for the product, as they are now. */
                                    licenses: {
                                        license: string;
                                        plan: string;
                                        edition: number;
                                    }[];
                                    roles?: string[];
                                    effects: {
                                        feature: string;
                                        command?: string;
                                        effect: "loses" | "gains" | "changes";
                                        /** Format: date-time */
                                        at: string;
                                        /** @description Of a loss, why not any more; of a gain, why not before. */
                                        reason?: string;
                                        /** @description Of a change, what is another: assurance, conditions, quota, … */
                                        parts?: string[];
                                    }[];
                                }[];
                                /** @description Groups that are not shown. */
                                more_groups: number;
                            };
                            /** @description Of a batch of licences that are moved to another edition: what it takes by itself, some of it only until a later batch gives it back. `impact` is of all that is left, and both are confirmed. */
                            meanwhile?: {
                                revision: number;
                                /** Format: date-time */
                                from: string;
                                /**
                                 * Format: date-time
                                 * @description Exclusive. Absent: however late it is.
                                 */
                                until?: string;
                                /** @description Identities that can use something no more. */
                                losing: number;
                                /** @description Identities that can use something that they could not. */
                                gaining: number;
                                /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                                changing: number;
                                products: {
                                    product: string;
                                    /** @description Identities that can use something no more. */
                                    losing: number;
                                    /** @description Identities that can use something that they could not. */
                                    gaining: number;
                                    /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                                    changing: number;
                                }[];
                                features: {
                                    product: string;
                                    feature: string;
                                    command?: string;
                                    /** @description Identities that can use something no more. */
                                    losing: number;
                                    /** @description Identities that can use something that they could not. */
                                    gaining: number;
                                    /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                                    changing: number;
                                }[];
                                /** @description When it begins, the first ones. */
                                instants: {
                                    /** Format: date-time */
                                    at: string;
                                    /** @description Identities that can use something no more. */
                                    losing: number;
                                    /** @description Identities that can use something that they could not. */
                                    gaining: number;
                                    /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                                    changing: number;
                                }[];
                                /** @description Those who share all that decides, the largest first. */
                                groups: {
                                    identities: number;
                                    examples: string[];
                                    /** @description Absent: by licences of their own. */
                                    organization?: string;
                                    product: string;
                                    /** @description Of the organization for the product, as they are now. */
                                    licenses: {
                                        license: string;
                                        plan: string;
                                        edition: number;
                                    }[];
                                    roles?: string[];
                                    effects: {
                                        feature: string;
                                        command?: string;
                                        effect: "loses" | "gains" | "changes";
                                        /** Format: date-time */
                                        at: string;
                                        /** @description Of a loss, why not any more; of a gain, why not before. */
                                        reason?: string;
                                        /** @description Of a change, what is another: assurance, conditions, quota, … */
                                        parts?: string[];
                                    }[];
                                }[];
                                /** @description Groups that are not shown. */
                                more_groups: number;
                            };
                            /** @description With `meanwhile`: identities that lose something by either. */
                            losing?: number;
                            state: "waiting" | "confirmed" | "discarded";
                            /** Format: date-time */
                            decided_at?: string;
                            /** @description `replaced`: it was asked for again and came to something else. `expired`: it waited too long. */
                            decided_by?: string;
                        }[];
                        /** @description Absent on the last page. May lead to an empty one. */
                        next?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readParkedChange: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        /** Format: date-time */
                        at: string;
                        /**
                         * Format: date-time
                         * @description From then on nobody confirms it any more.
                         */
                        expires_at: string;
                        /** @description Who asked for it. It is done as theirs. */
                        api_key: string;
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        identity?: string;
                        /** @description As the audit calls it: license.suspend */
                        action: string;
                        subject: string;
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        organization?: string;
                        method: string;
                        url: string;
                        impact: {
                            revision: number;
                            /** Format: date-time */
                            from: string;
                            /**
                             * Format: date-time
                             * @description Exclusive. Absent: however late it is.
                             */
                            until?: string;
                            /** @description Identities that can use something no more. */
                            losing: number;
                            /** @description Identities that can use something that they could not. */
                            gaining: number;
                            /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                            changing: number;
                            products: {
                                product: string;
                                /** @description Identities that can use something no more. */
                                losing: number;
                                /** @description Identities that can use something that they could not. */
                                gaining: number;
                                /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                                changing: number;
                            }[];
                            features: {
                                product: string;
                                feature: string;
                                command?: string;
                                /** @description Identities that can use something no more. */
                                losing: number;
                                /** @description Identities that can use something that they could not. */
                                gaining: number;
                                /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                                changing: number;
                            }[];
                            /** @description When it begins, the first ones. */
                            instants: {
                                /** Format: date-time */
                                at: string;
                                /** @description Identities that can use something no more. */
                                losing: number;
                                /** @description Identities that can use something that they could not. */
                                gaining: number;
                                /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                                changing: number;
                            }[];
                            /** @description Those who share all that decides, the largest first. */
                            groups: {
                                identities: number;
                                examples: string[];
                                /** @description Absent: by licences of their own. */
                                organization?: string;
                                product: string;
                                /** @description Of the organization for the product, as they are now. */
                                licenses: {
                                    license: string;
                                    plan: string;
                                    edition: number;
                                }[];
                                roles?: string[];
                                effects: {
                                    feature: string;
                                    command?: string;
                                    effect: "loses" | "gains" | "changes";
                                    /** Format: date-time */
                                    at: string;
                                    /** @description Of a loss, why not any more; of a gain, why not before. */
                                    reason?: string;
                                    /** @description Of a change, what is another: assurance, conditions, quota, … */
                                    parts?: string[];
                                }[];
                            }[];
                            /** @description Groups that are not shown. */
                            more_groups: number;
                        };
                        /** @description Of a batch of licences that are moved to another edition: what it takes by itself, some of it only until a later batch gives it back. `impact` is of all that is left, and both are confirmed. */
                        meanwhile?: {
                            revision: number;
                            /** Format: date-time */
                            from: string;
                            /**
                             * Format: date-time
                             * @description Exclusive. Absent: however late it is.
                             */
                            until?: string;
                            /** @description Identities that can use something no more. */
                            losing: number;
                            /** @description Identities that can use something that they could not. */
                            gaining: number;
                            /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                            changing: number;
                            products: {
                                product: string;
                                /** @description Identities that can use something no more. */
                                losing: number;
                                /** @description Identities that can use something that they could not. */
                                gaining: number;
                                /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                                changing: number;
                            }[];
                            features: {
                                product: string;
                                feature: string;
                                command?: string;
                                /** @description Identities that can use something no more. */
                                losing: number;
                                /** @description Identities that can use something that they could not. */
                                gaining: number;
                                /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                                changing: number;
                            }[];
                            /** @description When it begins, the first ones. */
                            instants: {
                                /** Format: date-time */
                                at: string;
                                /** @description Identities that can use something no more. */
                                losing: number;
                                /** @description Identities that can use something that they could not. */
                                gaining: number;
                                /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                                changing: number;
                            }[];
                            /** @description Those who share all that decides, the largest first. */
                            groups: {
                                identities: number;
                                examples: string[];
                                /** @description Absent: by licences of their own. */
                                organization?: string;
                                product: string;
                                /** @description Of the organization for the product, as they are now. */
                                licenses: {
                                    license: string;
                                    plan: string;
                                    edition: number;
                                }[];
                                roles?: string[];
                                effects: {
                                    feature: string;
                                    command?: string;
                                    effect: "loses" | "gains" | "changes";
                                    /** Format: date-time */
                                    at: string;
                                    /** @description Of a loss, why not any more; of a gain, why not before. */
                                    reason?: string;
                                    /** @description Of a change, what is another: assurance, conditions, quota, … */
                                    parts?: string[];
                                }[];
                            }[];
                            /** @description Groups that are not shown. */
                            more_groups: number;
                        };
                        /** @description With `meanwhile`: identities that lose something by either. */
                        losing?: number;
                        state: "waiting" | "confirmed" | "discarded";
                        /** Format: date-time */
                        decided_at?: string;
                        /** @description `replaced`: it was asked for again and came to something else. `expired`: it waited too long. */
                        decided_by?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirmParkedChange: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        /** Format: date-time */
                        at: string;
                        /**
                         * Format: date-time
                         * @description From then on nobody confirms it any more.
                         */
                        expires_at: string;
                        /** @description Who asked for it. It is done as theirs. */
                        api_key: string;
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        identity?: string;
                        /** @description As the audit calls it: license.suspend */
                        action: string;
                        subject: string;
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        organization?: string;
                        method: string;
                        url: string;
                        impact: {
                            revision: number;
                            /** Format: date-time */
                            from: string;
                            /**
                             * Format: date-time
                             * @description Exclusive. Absent: however late it is.
                             */
                            until?: string;
                            /** @description Identities that can use something no more. */
                            losing: number;
                            /** @description Identities that can use something that they could not. */
                            gaining: number;
                            /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                            changing: number;
                            products: {
                                product: string;
                                /** @description Identities that can use something no more. */
                                losing: number;
                                /** @description Identities that can use something that they could not. */
                                gaining: number;
                                /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                                changing: number;
                            }[];
                            features: {
                                product: string;
                                feature: string;
                                command?: string;
                                /** @description Identities that can use something no more. */
                                losing: number;
                                /** @description Identities that can use something that they could not. */
                                gaining: number;
                                /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                                changing: number;
                            }[];
                            /** @description When it begins, the first ones. */
                            instants: {
                                /** Format: date-time */
                                at: string;
                                /** @description Identities that can use something no more. */
                                losing: number;
                                /** @description Identities that can use something that they could not. */
                                gaining: number;
                                /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                                changing: number;
                            }[];
                            /** @description Those who share all that decides, the largest first. */
                            groups: {
                                identities: number;
                                examples: string[];
                                /** @description Absent: by licences of their own. */
                                organization?: string;
                                product: string;
                                /** @description Of the organization for the product, as they are now. */
                                licenses: {
                                    license: string;
                                    plan: string;
                                    edition: number;
                                }[];
                                roles?: string[];
                                effects: {
                                    feature: string;
                                    command?: string;
                                    effect: "loses" | "gains" | "changes";
                                    /** Format: date-time */
                                    at: string;
                                    /** @description Of a loss, why not any more; of a gain, why not before. */
                                    reason?: string;
                                    /** @description Of a change, what is another: assurance, conditions, quota, … */
                                    parts?: string[];
                                }[];
                            }[];
                            /** @description Groups that are not shown. */
                            more_groups: number;
                        };
                        /** @description Of a batch of licences that are moved to another edition: what it takes by itself, some of it only until a later batch gives it back. `impact` is of all that is left, and both are confirmed. */
                        meanwhile?: {
                            revision: number;
                            /** Format: date-time */
                            from: string;
                            /**
                             * Format: date-time
                             * @description Exclusive. Absent: however late it is.
                             */
                            until?: string;
                            /** @description Identities that can use something no more. */
                            losing: number;
                            /** @description Identities that can use something that they could not. */
                            gaining: number;
                            /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                            changing: number;
                            products: {
                                product: string;
                                /** @description Identities that can use something no more. */
                                losing: number;
                                /** @description Identities that can use something that they could not. */
                                gaining: number;
                                /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                                changing: number;
                            }[];
                            features: {
                                product: string;
                                feature: string;
                                command?: string;
                                /** @description Identities that can use something no more. */
                                losing: number;
                                /** @description Identities that can use something that they could not. */
                                gaining: number;
                                /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                                changing: number;
                            }[];
                            /** @description When it begins, the first ones. */
                            instants: {
                                /** Format: date-time */
                                at: string;
                                /** @description Identities that can use something no more. */
                                losing: number;
                                /** @description Identities that can use something that they could not. */
                                gaining: number;
                                /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                                changing: number;
                            }[];
                            /** @description Those who share all that decides, the largest first. */
                            groups: {
                                identities: number;
                                examples: string[];
                                /** @description Absent: by licences of their own. */
                                organization?: string;
                                product: string;
                                /** @description Of the organization for the product, as they are now. */
                                licenses: {
                                    license: string;
                                    plan: string;
                                    edition: number;
                                }[];
                                roles?: string[];
                                effects: {
                                    feature: string;
                                    command?: string;
                                    effect: "loses" | "gains" | "changes";
                                    /** Format: date-time */
                                    at: string;
                                    /** @description Of a loss, why not any more; of a gain, why not before. */
                                    reason?: string;
                                    /** @description Of a change, what is another: assurance, conditions, quota, … */
                                    parts?: string[];
                                }[];
                            }[];
                            /** @description Groups that are not shown. */
                            more_groups: number;
                        };
                        /** @description With `meanwhile`: identities that lose something by either. */
                        losing?: number;
                        state: "waiting" | "confirmed" | "discarded";
                        /** Format: date-time */
                        decided_at?: string;
                        /** @description `replaced`: it was asked for again and came to something else. `expired`: it waited too long. */
                        decided_by?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    discardParkedChange: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        /** Format: date-time */
                        at: string;
                        /**
                         * Format: date-time
                         * @description From then on nobody confirms it any more.
                         */
                        expires_at: string;
                        /** @description Who asked for it. It is done as theirs. */
                        api_key: string;
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        identity?: string;
                        /** @description As the audit calls it: license.suspend */
                        action: string;
                        subject: string;
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        organization?: string;
                        method: string;
                        url: string;
                        impact: {
                            revision: number;
                            /** Format: date-time */
                            from: string;
                            /**
                             * Format: date-time
                             * @description Exclusive. Absent: however late it is.
                             */
                            until?: string;
                            /** @description Identities that can use something no more. */
                            losing: number;
                            /** @description Identities that can use something that they could not. */
                            gaining: number;
                            /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                            changing: number;
                            products: {
                                product: string;
                                /** @description Identities that can use something no more. */
                                losing: number;
                                /** @description Identities that can use something that they could not. */
                                gaining: number;
                                /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                                changing: number;
                            }[];
                            features: {
                                product: string;
                                feature: string;
                                command?: string;
                                /** @description Identities that can use something no more. */
                                losing: number;
                                /** @description Identities that can use something that they could not. */
                                gaining: number;
                                /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                                changing: number;
                            }[];
                            /** @description When it begins, the first ones. */
                            instants: {
                                /** Format: date-time */
                                at: string;
                                /** @description Identities that can use something no more. */
                                losing: number;
                                /** @description Identities that can use something that they could not. */
                                gaining: number;
                                /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                                changing: number;
                            }[];
                            /** @description Those who share all that decides, the largest first. */
                            groups: {
                                identities: number;
                                examples: string[];
                                /** @description Absent: by licences of their own. */
                                organization?: string;
                                product: string;
                                /** @description Of the organization for the product, as they are now. */
                                licenses: {
                                    license: string;
                                    plan: string;
                                    edition: number;
                                }[];
                                roles?: string[];
                                effects: {
                                    feature: string;
                                    command?: string;
                                    effect: "loses" | "gains" | "changes";
                                    /** Format: date-time */
                                    at: string;
                                    /** @description Of a loss, why not any more; of a gain, why not before. */
                                    reason?: string;
                                    /** @description Of a change, what is another: assurance, conditions, quota, … */
                                    parts?: string[];
                                }[];
                            }[];
                            /** @description Groups that are not shown. */
                            more_groups: number;
                        };
                        /** @description Of a batch of licences that are moved to another edition: what it takes by itself, some of it only until a later batch gives it back. `impact` is of all that is left, and both are confirmed. */
                        meanwhile?: {
                            revision: number;
                            /** Format: date-time */
                            from: string;
                            /**
                             * Format: date-time
                             * @description Exclusive. Absent: however late it is.
                             */
                            until?: string;
                            /** @description Identities that can use something no more. */
                            losing: number;
                            /** @description Identities that can use something that they could not. */
                            gaining: number;
                            /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                            changing: number;
                            products: {
                                product: string;
                                /** @description Identities that can use something no more. */
                                losing: number;
                                /** @description Identities that can use something that they could not. */
                                gaining: number;
                                /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                                changing: number;
                            }[];
                            features: {
                                product: string;
                                feature: string;
                                command?: string;
                                /** @description Identities that can use something no more. */
                                losing: number;
                                /** @description Identities that can use something that they could not. */
                                gaining: number;
                                /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                                changing: number;
                            }[];
                            /** @description When it begins, the first ones. */
                            instants: {
                                /** Format: date-time */
                                at: string;
                                /** @description Identities that can use something no more. */
                                losing: number;
                                /** @description Identities that can use something that they could not. */
                                gaining: number;
                                /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                                changing: number;
                            }[];
                            /** @description Those who share all that decides, the largest first. */
                            groups: {
                                identities: number;
                                examples: string[];
                                /** @description Absent: by licences of their own. */
                                organization?: string;
                                product: string;
                                /** @description Of the organization for the product, as they are now. */
                                licenses: {
                                    license: string;
                                    plan: string;
                                    edition: number;
                                }[];
                                roles?: string[];
                                effects: {
                                    feature: string;
                                    command?: string;
                                    effect: "loses" | "gains" | "changes";
                                    /** Format: date-time */
                                    at: string;
                                    /** @description Of a loss, why not any more; of a gain, why not before. */
                                    reason?: string;
                                    /** @description Of a change, what is another: assurance, conditions, quota, … */
                                    parts?: string[];
                                }[];
                            }[];
                            /** @description Groups that are not shown. */
                            more_groups: number;
                        };
                        /** @description With `meanwhile`: identities that lose something by either. */
                        losing?: number;
                        state: "waiting" | "confirmed" | "discarded";
                        /** Format: date-time */
                        decided_at?: string;
                        /** @description `replaced`: it was asked for again and came to something else. `expired`: it waited too long. */
                        decided_by?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        master_key: {
                            /** @description The one in use: every data key is wrapped by it. */
                            id: string;
                            /** @description Of a key of a service: its version that wrapped them. */
                            version?: number;
                            configured: {
                                id: string;
                                /** @description Where it is kept. */
                                place: string;
                                in_use: boolean;
                            }[];
                            /** @description Why the configured ones cannot be read; a code of a start that failed. */
                            fault?: string;
                        };
                        data_keys: {
                            id: string;
                            /** @description What it is wrapped by. */
                            master_key: string;
                            /** Format: date-time */
                            created_at: string;
                            /**
                             * Format: date-time
                             * @description Since when it seals nothing new. Absent: it is the one that seals.
                             */
                            stopped_at?: string;
                            /** @description How many texts of the store it has sealed. Of one that stopped, they are sealed anew in the background. */
                            sealed: number;
                        }[];
                        /** @description Signs license files now. Absent: the next file makes one. */
                        license_key?: {
                            kid: string;
                            /** @enum {unknown} */
                            use: "root" | "license" | "entitlement_token" | "usage_receipt" | "status_list" | "contact" | "freshness" | "file_log";
                            public_jwk: {
                                /** @enum {string} */
                                kty: "OKP";
                                /** @enum {string} */
                                crv: "Ed25519";
                                x: string;
                            };
                            /** @description What the root says of it. The root has none, nor has a key that waits for one. */
                            statement?: string;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: date-time */
                            expires_at?: string;
                            /** Format: date-time */
                            revoked_at?: string;
                            /**
                             * Format: date-time
                             * @description Of the root: when a backup was last taken.
                             */
                            backed_up_at?: string;
                            /**
                             * Format: date-time
                             * @description Of the root: since when it is kept outside the store.
                             */
                            taken_out_at?: string;
                        };
                        /**
                         * Format: date-time
                         * @description From then on the next file makes the next one.
                         */
                        next_license_key_at?: string;
                        root: {
                            kid: string;
                            /** @enum {unknown} */
                            use: "root" | "license" | "entitlement_token" | "usage_receipt" | "status_list" | "contact" | "freshness" | "file_log";
                            public_jwk: {
                                /** @enum {string} */
                                kty: "OKP";
                                /** @enum {string} */
                                crv: "Ed25519";
                                x: string;
                            };
                            /** @description What the root says of it. The root has none, nor has a key that waits for one. */
                            statement?: string;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: date-time */
                            expires_at?: string;
                            /** Format: date-time */
                            revoked_at?: string;
                            /**
                             * Format: date-time
                             * @description Of the root: when a backup was last taken.
                             */
                            backed_up_at?: string;
                            /**
                             * Format: date-time
                             * @description Of the root: since when it is kept outside the store.
                             */
                            taken_out_at?: string;
                        };
                        /** @description What somebody should do something about. */
                        attention: ("root_not_backed_up" | "license_key_ends" | "master_key_unreadable" | "data_key_unopened" | "data_key_old" | "texts_under_old_data_key" | "old_master_key_configured")[];
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateDataKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @description What it is wrapped by. */
                        master_key: string;
                        /** Format: date-time */
                        created_at: string;
                        /**
                         * Format: date-time
                         * @description Since when it seals nothing new. Absent: it is the one that seals.
                         */
                        stopped_at?: string;
                        /** @description How many texts of the store it has sealed. Of one that stopped, they are sealed anew in the background. */
                        sealed: number;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retireDataKey: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateMasterKey: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Its id. Absent: the only other one that is configured. */
                    to?: string;
                } | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The one in use: every data key is wrapped by it. */
                        id: string;
                        /** @description Of a key of a service: its version that wrapped them. */
                        version?: number;
                        configured: {
                            id: string;
                            /** @description Where it is kept. */
                            place: string;
                            in_use: boolean;
                        }[];
                        /** @description Why the configured ones cannot be read; a code of a start that failed. */
                        fault?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readKeySet: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The id of the authority, which license files name as their `iss`. */
                        issuer: string;
                        /** @description To compare with the root that was pinned. Never pin what the network alone says. */
                        root: {
                            /** @enum {string} */
                            kty: "OKP";
                            /** @enum {string} */
                            crv: "Ed25519";
                            x: string;
                        };
                        /** @description Compact JWS by the root: keys in use, and every revoked one. */
                        statements: string[];
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSigningKeys: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
                /** @description `-`: descending. Default: `kid`. */
                sort?: "kid" | "-kid" | "created_at" | "-created_at";
                use?: "root" | "license" | "entitlement_token" | "usage_receipt" | "status_list" | "contact" | "freshness" | "file_log";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            kid: string;
                            /** @enum {unknown} */
                            use: "root" | "license" | "entitlement_token" | "usage_receipt" | "status_list" | "contact" | "freshness" | "file_log";
                            public_jwk: {
                                /** @enum {string} */
                                kty: "OKP";
                                /** @enum {string} */
                                crv: "Ed25519";
                                x: string;
                            };
                            /** @description What the root says of it. The root has none, nor has a key that waits for one. */
                            statement?: string;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: date-time */
                            expires_at?: string;
                            /** Format: date-time */
                            revoked_at?: string;
                            /**
                             * Format: date-time
                             * @description Of the root: when a backup was last taken.
                             */
                            backed_up_at?: string;
                            /**
                             * Format: date-time
                             * @description Of the root: since when it is kept outside the store.
                             */
                            taken_out_at?: string;
                        }[];
                        /** @description Absent on the last page. May lead to an empty one. */
                        next?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateSigningKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description What the key signs, and nothing else.
                     * @enum {unknown}
                     */
                    use?: "license" | "entitlement_token" | "usage_receipt" | "status_list" | "contact" | "freshness" | "file_log";
                } | null;
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        kid: string;
                        /** @enum {unknown} */
                        use: "root" | "license" | "entitlement_token" | "usage_receipt" | "status_list" | "contact" | "freshness" | "file_log";
                        public_jwk: {
                            /** @enum {string} */
                            kty: "OKP";
                            /** @enum {string} */
                            crv: "Ed25519";
                            x: string;
                        };
                        /** @description What the root says of it. The root has none, nor has a key that waits for one. */
                        statement?: string;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        expires_at?: string;
                        /** Format: date-time */
                        revoked_at?: string;
                        /**
                         * Format: date-time
                         * @description Of the root: when a backup was last taken.
                         */
                        backed_up_at?: string;
                        /**
                         * Format: date-time
                         * @description Of the root: since when it is kept outside the store.
                         */
                        taken_out_at?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeSigningKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: date-time
                     * @description Absent: now.
                     */
                    at?: string;
                } | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        kid: string;
                        /** @enum {unknown} */
                        use: "root" | "license" | "entitlement_token" | "usage_receipt" | "status_list" | "contact" | "freshness" | "file_log";
                        public_jwk: {
                            /** @enum {string} */
                            kty: "OKP";
                            /** @enum {string} */
                            crv: "Ed25519";
                            x: string;
                        };
                        /** @description What the root says of it. The root has none, nor has a key that waits for one. */
                        statement?: string;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        expires_at?: string;
                        /** Format: date-time */
                        revoked_at?: string;
                        /**
                         * Format: date-time
                         * @description Of the root: when a backup was last taken.
                         */
                        backed_up_at?: string;
                        /**
                         * Format: date-time
                         * @description Of the root: since when it is kept outside the store.
                         */
                        taken_out_at?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    prepareSigningKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description What the key signs, and nothing else.
                     * @enum {unknown}
                     */
                    use?: "license" | "entitlement_token" | "usage_receipt" | "status_list" | "contact" | "freshness" | "file_log";
                } | null;
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        kid: string;
                        /** @enum {unknown} */
                        use: "root" | "license" | "entitlement_token" | "usage_receipt" | "status_list" | "contact" | "freshness" | "file_log";
                        public_jwk: {
                            /** @enum {string} */
                            kty: "OKP";
                            /** @enum {string} */
                            crv: "Ed25519";
                            x: string;
                        };
                        /** @description What the root says of it. The root has none, nor has a key that waits for one. */
                        statement?: string;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        expires_at?: string;
                        /** Format: date-time */
                        revoked_at?: string;
                        /**
                         * Format: date-time
                         * @description Of the root: when a backup was last taken.
                         */
                        backed_up_at?: string;
                        /**
                         * Format: date-time
                         * @description Of the root: since when it is kept outside the store.
                         */
                        taken_out_at?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    acceptStatement: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                kid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    statement: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        kid: string;
                        /** @enum {unknown} */
                        use: "root" | "license" | "entitlement_token" | "usage_receipt" | "status_list" | "contact" | "freshness" | "file_log";
                        public_jwk: {
                            /** @enum {string} */
                            kty: "OKP";
                            /** @enum {string} */
                            crv: "Ed25519";
                            x: string;
                        };
                        /** @description What the root says of it. The root has none, nor has a key that waits for one. */
                        statement?: string;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        expires_at?: string;
                        /** Format: date-time */
                        revoked_at?: string;
                        /**
                         * Format: date-time
                         * @description Of the root: when a backup was last taken.
                         */
                        backed_up_at?: string;
                        /**
                         * Format: date-time
                         * @description Of the root: since when it is kept outside the store.
                         */
                        taken_out_at?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    backUpRoot: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    passphrase: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        kid: string;
                        backup: string;
                        /** Format: date-time */
                        backed_up_at: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    takeRootOut: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description As it was taken, in its armour. */
                    backup: string;
                    passphrase: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        kid: string;
                        /** @enum {unknown} */
                        use: "root" | "license" | "entitlement_token" | "usage_receipt" | "status_list" | "contact" | "freshness" | "file_log";
                        public_jwk: {
                            /** @enum {string} */
                            kty: "OKP";
                            /** @enum {string} */
                            crv: "Ed25519";
                            x: string;
                        };
                        /** @description What the root says of it. The root has none, nor has a key that waits for one. */
                        statement?: string;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        expires_at?: string;
                        /** Format: date-time */
                        revoked_at?: string;
                        /**
                         * Format: date-time
                         * @description Of the root: when a backup was last taken.
                         */
                        backed_up_at?: string;
                        /**
                         * Format: date-time
                         * @description Of the root: since when it is kept outside the store.
                         */
                        taken_out_at?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    bringRootBack: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description As it was taken, in its armour. */
                    backup: string;
                    passphrase: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        kid: string;
                        /** @enum {unknown} */
                        use: "root" | "license" | "entitlement_token" | "usage_receipt" | "status_list" | "contact" | "freshness" | "file_log";
                        public_jwk: {
                            /** @enum {string} */
                            kty: "OKP";
                            /** @enum {string} */
                            crv: "Ed25519";
                            x: string;
                        };
                        /** @description What the root says of it. The root has none, nor has a key that waits for one. */
                        statement?: string;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        expires_at?: string;
                        /** Format: date-time */
                        revoked_at?: string;
                        /**
                         * Format: date-time
                         * @description Of the root: when a backup was last taken.
                         */
                        backed_up_at?: string;
                        /**
                         * Format: date-time
                         * @description Of the root: since when it is kept outside the store.
                         */
                        taken_out_at?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        name: string;
                        scopes: ("decide" | "consume" | "simulate" | "assert:identity" | "assert:resource" | "assert:context" | "assert:proofs" | "manage:access_requests" | "manage:activations" | "manage:audit" | "manage:authority" | "manage:backup" | "manage:catalog" | "manage:decisions" | "manage:enforcers" | "manage:guard" | "manage:identities" | "manage:keys" | "manage:license_files" | "manage:licenses" | "manage:organizations" | "manage:seats" | "manage:usage" | "manage:webhooks" | "manage:*")[];
                        /** @description Products that it sees. Absent: all. */
                        products?: string[];
                        /** @description Organizations that it sees. Absent: all. */
                        organizations?: string[];
                        /** @description Whether decisions tell it why: reason, remedies, notices, licence. Absent: as your own key, which is true by default. */
                        reasons: boolean;
                        /** @description Nobody stands behind it, such as provisioning or billing: what it would take from more than a few is parked until a person confirms it. */
                        unattended?: boolean;
                        /** @description Whom it acts for in running the authority. Absent: nobody; its scopes alone count. */
                        identity?: string;
                        /**
                         * Format: date-time
                         * @description From then on it opens nothing.
                         */
                        expires_at?: string;
                        /** @description The key that it was made with. */
                        made_by?: string;
                        /** Format: date-time */
                        rotated_at?: string;
                        /**
                         * Format: date-time
                         * @description Until then the secret before the last rotation opens as well.
                         */
                        old_until?: string;
                        /** Format: date-time */
                        created_at: string;
                        created_by: string;
                        /** Format: date-time */
                        revoked_at?: string;
                        /**
                         * Format: date-time
                         * @description May be some seconds late.
                         */
                        last_used_at?: string;
                        /** @description The secret. It is shown this once. */
                        key: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listApiKeys: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
                /** @description `-`: descending. Default: `id`. */
                sort?: "id" | "-id" | "name" | "-name" | "created_at" | "-created_at";
                /** @description Part of the id or the name, in capitals or not. */
                q?: string;
                state?: "live" | "revoked";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            id: string;
                            name: string;
                            scopes: ("decide" | "consume" | "simulate" | "assert:identity" | "assert:resource" | "assert:context" | "assert:proofs" | "manage:access_requests" | "manage:activations" | "manage:audit" | "manage:authority" | "manage:backup" | "manage:catalog" | "manage:decisions" | "manage:enforcers" | "manage:guard" | "manage:identities" | "manage:keys" | "manage:license_files" | "manage:licenses" | "manage:organizations" | "manage:seats" | "manage:usage" | "manage:webhooks" | "manage:*")[];
                            /** @description Products that it sees. Absent: all. */
                            products?: string[];
                            /** @description Organizations that it sees. Absent: all. */
                            organizations?: string[];
                            /** @description Whether decisions tell it why: reason, remedies, notices, licence. Absent: as your own key, which is true by default. */
                            reasons: boolean;
                            /** @description Nobody stands behind it, such as provisioning or billing: what it would take from more than a few is parked until a person confirms it. */
                            unattended?: boolean;
                            /** @description Whom it acts for in running the authority. Absent: nobody; its scopes alone count. */
                            identity?: string;
                            /**
                             * Format: date-time
                             * @description From then on it opens nothing.
                             */
                            expires_at?: string;
                            /** @description The key that it was made with. */
                            made_by?: string;
                            /** Format: date-time */
                            rotated_at?: string;
                            /**
                             * Format: date-time
                             * @description Until then the secret before the last rotation opens as well.
                             */
                            old_until?: string;
                            /** Format: date-time */
                            created_at: string;
                            created_by: string;
                            /** Format: date-time */
                            revoked_at?: string;
                            /**
                             * Format: date-time
                             * @description May be some seconds late.
                             */
                            last_used_at?: string;
                        }[];
                        /** @description Absent on the last page. May lead to an empty one. */
                        next?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    scopes: ("decide" | "consume" | "simulate" | "assert:identity" | "assert:resource" | "assert:context" | "assert:proofs" | "manage:access_requests" | "manage:activations" | "manage:audit" | "manage:authority" | "manage:backup" | "manage:catalog" | "manage:decisions" | "manage:enforcers" | "manage:guard" | "manage:identities" | "manage:keys" | "manage:license_files" | "manage:licenses" | "manage:organizations" | "manage:seats" | "manage:usage" | "manage:webhooks" | "manage:*")[];
                    /** @description Products that it sees. Absent: all. */
                    products?: string[];
                    /** @description Organizations that it sees. Absent: all. */
                    organizations?: string[];
                    /** @description Whether decisions tell it why: reason, remedies, notices, licence. Absent: as your own key, which is true by default. */
                    reasons?: boolean;
                    /** @description Nobody stands behind it, such as provisioning or billing: what it would take from more than a few is parked until a person confirms it. */
                    unattended?: boolean;
                    /** @description Whom it acts for: the roles of this identity narrow it further, from now on and as they change. */
                    identity?: string;
                    /**
                     * Format: date-time
                     * @description From then on it opens nothing. Absent: never.
                     */
                    expires_at?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        name: string;
                        scopes: ("decide" | "consume" | "simulate" | "assert:identity" | "assert:resource" | "assert:context" | "assert:proofs" | "manage:access_requests" | "manage:activations" | "manage:audit" | "manage:authority" | "manage:backup" | "manage:catalog" | "manage:decisions" | "manage:enforcers" | "manage:guard" | "manage:identities" | "manage:keys" | "manage:license_files" | "manage:licenses" | "manage:organizations" | "manage:seats" | "manage:usage" | "manage:webhooks" | "manage:*")[];
                        /** @description Products that it sees. Absent: all. */
                        products?: string[];
                        /** @description Organizations that it sees. Absent: all. */
                        organizations?: string[];
                        /** @description Whether decisions tell it why: reason, remedies, notices, licence. Absent: as your own key, which is true by default. */
                        reasons: boolean;
                        /** @description Nobody stands behind it, such as provisioning or billing: what it would take from more than a few is parked until a person confirms it. */
                        unattended?: boolean;
                        /** @description Whom it acts for in running the authority. Absent: nobody; its scopes alone count. */
                        identity?: string;
                        /**
                         * Format: date-time
                         * @description From then on it opens nothing.
                         */
                        expires_at?: string;
                        /** @description The key that it was made with. */
                        made_by?: string;
                        /** Format: date-time */
                        rotated_at?: string;
                        /**
                         * Format: date-time
                         * @description Until then the secret before the last rotation opens as well.
                         */
                        old_until?: string;
                        /** Format: date-time */
                        created_at: string;
                        created_by: string;
                        /** Format: date-time */
                        revoked_at?: string;
                        /**
                         * Format: date-time
                         * @description May be some seconds late.
                         */
                        last_used_at?: string;
                        /** @description The secret. It is shown this once. */
                        key: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listConnectedEnforcers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Of this node. */
                        revision: number;
                        total: number;
                        items: {
                            /** @description The key that it follows with; several processes may follow with the same. */
                            api_key: string;
                            /** @description Of the key. */
                            name: string;
                            /** Format: date-time */
                            since: string;
                            /** @description What it took of the changes: up to here they have left this node. */
                            revision: number;
                            /** @description Revisions that wait for it to take them. 0: it has all. */
                            behind: number;
                            /** @description How much that is. */
                            waiting_bytes: number;
                            /** @description So much waits that it will be cut unless it reads faster; it then resumes, or begins anew. */
                            slow: boolean;
                        }[];
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        name: string;
                        scopes: ("decide" | "consume" | "simulate" | "assert:identity" | "assert:resource" | "assert:context" | "assert:proofs" | "manage:access_requests" | "manage:activations" | "manage:audit" | "manage:authority" | "manage:backup" | "manage:catalog" | "manage:decisions" | "manage:enforcers" | "manage:guard" | "manage:identities" | "manage:keys" | "manage:license_files" | "manage:licenses" | "manage:organizations" | "manage:seats" | "manage:usage" | "manage:webhooks" | "manage:*")[];
                        /** @description Products that it sees. Absent: all. */
                        products?: string[];
                        /** @description Organizations that it sees. Absent: all. */
                        organizations?: string[];
                        /** @description Whether decisions tell it why: reason, remedies, notices, licence. Absent: as your own key, which is true by default. */
                        reasons: boolean;
                        /** @description Nobody stands behind it, such as provisioning or billing: what it would take from more than a few is parked until a person confirms it. */
                        unattended?: boolean;
                        /** @description Whom it acts for in running the authority. Absent: nobody; its scopes alone count. */
                        identity?: string;
                        /**
                         * Format: date-time
                         * @description From then on it opens nothing.
                         */
                        expires_at?: string;
                        /** @description The key that it was made with. */
                        made_by?: string;
                        /** Format: date-time */
                        rotated_at?: string;
                        /**
                         * Format: date-time
                         * @description Until then the secret before the last rotation opens as well.
                         */
                        old_until?: string;
                        /** Format: date-time */
                        created_at: string;
                        created_by: string;
                        /** Format: date-time */
                        revoked_at?: string;
                        /**
                         * Format: date-time
                         * @description May be some seconds late.
                         */
                        last_used_at?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeApiKey: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default 86400 */
                    overlap_seconds?: number;
                } | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        name: string;
                        scopes: ("decide" | "consume" | "simulate" | "assert:identity" | "assert:resource" | "assert:context" | "assert:proofs" | "manage:access_requests" | "manage:activations" | "manage:audit" | "manage:authority" | "manage:backup" | "manage:catalog" | "manage:decisions" | "manage:enforcers" | "manage:guard" | "manage:identities" | "manage:keys" | "manage:license_files" | "manage:licenses" | "manage:organizations" | "manage:seats" | "manage:usage" | "manage:webhooks" | "manage:*")[];
                        /** @description Products that it sees. Absent: all. */
                        products?: string[];
                        /** @description Organizations that it sees. Absent: all. */
                        organizations?: string[];
                        /** @description Whether decisions tell it why: reason, remedies, notices, licence. Absent: as your own key, which is true by default. */
                        reasons: boolean;
                        /** @description Nobody stands behind it, such as provisioning or billing: what it would take from more than a few is parked until a person confirms it. */
                        unattended?: boolean;
                        /** @description Whom it acts for in running the authority. Absent: nobody; its scopes alone count. */
                        identity?: string;
                        /**
                         * Format: date-time
                         * @description From then on it opens nothing.
                         */
                        expires_at?: string;
                        /** @description The key that it was made with. */
                        made_by?: string;
                        /** Format: date-time */
                        rotated_at?: string;
                        /**
                         * Format: date-time
                         * @description Until then the secret before the last rotation opens as well.
                         */
                        old_until?: string;
                        /** Format: date-time */
                        created_at: string;
                        created_by: string;
                        /** Format: date-time */
                        revoked_at?: string;
                        /**
                         * Format: date-time
                         * @description May be some seconds late.
                         */
                        last_used_at?: string;
                        /** @description The secret. It is shown this once. */
                        key: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reportApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        key: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            id: string;
                            name: string;
                            scopes: ("decide" | "consume" | "simulate" | "assert:identity" | "assert:resource" | "assert:context" | "assert:proofs" | "manage:access_requests" | "manage:activations" | "manage:audit" | "manage:authority" | "manage:backup" | "manage:catalog" | "manage:decisions" | "manage:enforcers" | "manage:guard" | "manage:identities" | "manage:keys" | "manage:license_files" | "manage:licenses" | "manage:organizations" | "manage:seats" | "manage:usage" | "manage:webhooks" | "manage:*")[];
                            /** @description Products that it sees. Absent: all. */
                            products?: string[];
                            /** @description Organizations that it sees. Absent: all. */
                            organizations?: string[];
                            /** @description Whether decisions tell it why: reason, remedies, notices, licence. Absent: as your own key, which is true by default. */
                            reasons: boolean;
                            /** @description Nobody stands behind it, such as provisioning or billing: what it would take from more than a few is parked until a person confirms it. */
                            unattended?: boolean;
                            /** @description Whom it acts for in running the authority. Absent: nobody; its scopes alone count. */
                            identity?: string;
                            /**
                             * Format: date-time
                             * @description From then on it opens nothing.
                             */
                            expires_at?: string;
                            /** @description The key that it was made with. */
                            made_by?: string;
                            /** Format: date-time */
                            rotated_at?: string;
                            /**
                             * Format: date-time
                             * @description Until then the secret before the last rotation opens as well.
                             */
                            old_until?: string;
                            /** Format: date-time */
                            created_at: string;
                            created_by: string;
                            /** Format: date-time */
                            revoked_at?: string;
                            /**
                             * Format: date-time
                             * @description May be some seconds late.
                             */
                            last_used_at?: string;
                        };
                        /** @description Keys made with it, and with those in turn. */
                        made: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            id: string;
                            name: string;
                            scopes: ("decide" | "consume" | "simulate" | "assert:identity" | "assert:resource" | "assert:context" | "assert:proofs" | "manage:access_requests" | "manage:activations" | "manage:audit" | "manage:authority" | "manage:backup" | "manage:catalog" | "manage:decisions" | "manage:enforcers" | "manage:guard" | "manage:identities" | "manage:keys" | "manage:license_files" | "manage:licenses" | "manage:organizations" | "manage:seats" | "manage:usage" | "manage:webhooks" | "manage:*")[];
                            /** @description Products that it sees. Absent: all. */
                            products?: string[];
                            /** @description Organizations that it sees. Absent: all. */
                            organizations?: string[];
                            /** @description Whether decisions tell it why: reason, remedies, notices, licence. Absent: as your own key, which is true by default. */
                            reasons: boolean;
                            /** @description Nobody stands behind it, such as provisioning or billing: what it would take from more than a few is parked until a person confirms it. */
                            unattended?: boolean;
                            /** @description Whom it acts for in running the authority. Absent: nobody; its scopes alone count. */
                            identity?: string;
                            /**
                             * Format: date-time
                             * @description From then on it opens nothing.
                             */
                            expires_at?: string;
                            /** @description The key that it was made with. */
                            made_by?: string;
                            /** Format: date-time */
                            rotated_at?: string;
                            /**
                             * Format: date-time
                             * @description Until then the secret before the last rotation opens as well.
                             */
                            old_until?: string;
                            /** Format: date-time */
                            created_at: string;
                            created_by: string;
                            /** Format: date-time */
                            revoked_at?: string;
                            /**
                             * Format: date-time
                             * @description May be some seconds late.
                             */
                            last_used_at?: string;
                        }[];
                        /** @description What it changed and what was refused to it, by action; the rows are `/v1/audit?actor=key:…`. */
                        deeds: {
                            action: string;
                            result: string;
                            times: number;
                            /** Format: date-time */
                            last_at: string;
                        }[];
                        decisions: {
                            allowed: boolean;
                            times: number;
                            /** Format: date-time */
                            first_at: string;
                            /** Format: date-time */
                            last_at: string;
                        }[];
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeApiKeys: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    made?: "keep" | "revoke";
                } | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        revoked: string[];
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reportLeak: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    key: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        /**
                         * Format: date-time
                         * @description Since when this secret opens nothing.
                         */
                        revoked_at: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhooks: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
                /** @description `-`: descending. Default: `id`. */
                sort?: "id" | "-id" | "created_at" | "-created_at";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            id: string;
                            url: string;
                            description?: string;
                            types: string[];
                            /** @description Of these alone. Absent: of all that you see. */
                            products?: string[];
                            /** @description Of these alone. Absent: of all that you see. */
                            organizations?: string[];
                            /** Format: date-time */
                            created_at: string;
                            created_by: string;
                            /** Format: date-time */
                            disabled_at?: string;
                            /** @description `asked`; `gone`: it answered 410; `failing`: nothing came through for five days. */
                            disabled_because?: string;
                            /** Format: date-time */
                            failing_since?: string;
                        }[];
                        /** @description Absent on the last page. May lead to an empty one. */
                        next?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description https://; http:// only within `WRIT_WEBHOOK_NETWORKS`. */
                    url: string;
                    /** @description Types of events, or the beginning of one with * at the end: license.issued, license.renewed, license.suspended, license.resumed, license.revoked, license.ending_soon, license.ended, quota.threshold, seats.nearly_full, edition.published, identity.revoked, change.parked, rollout.stopped, webhook.disabled, webhook.test. */
                    types: string[];
                    description?: string;
                    /** @description Of these alone. Absent: of all that you see. */
                    products?: string[];
                    /** @description Of these alone. Absent: of all that you see. */
                    organizations?: string[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        url: string;
                        description?: string;
                        types: string[];
                        /** @description Of these alone. Absent: of all that you see. */
                        products?: string[];
                        /** @description Of these alone. Absent: of all that you see. */
                        organizations?: string[];
                        /** Format: date-time */
                        created_at: string;
                        created_by: string;
                        /** Format: date-time */
                        disabled_at?: string;
                        /** @description `asked`; `gone`: it answered 410; `failing`: nothing came through for five days. */
                        disabled_because?: string;
                        /** Format: date-time */
                        failing_since?: string;
                        /** @description `whsec_…`: what the signatures are made with. It is shown this once. */
                        secret: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        url: string;
                        description?: string;
                        types: string[];
                        /** @description Of these alone. Absent: of all that you see. */
                        products?: string[];
                        /** @description Of these alone. Absent: of all that you see. */
                        organizations?: string[];
                        /** Format: date-time */
                        created_at: string;
                        created_by: string;
                        /** Format: date-time */
                        disabled_at?: string;
                        /** @description `asked`; `gone`: it answered 410; `failing`: nothing came through for five days. */
                        disabled_because?: string;
                        /** Format: date-time */
                        failing_since?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteWebhook: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeWebhook: {
        parameters: {
            query?: {
                /** @description Answer as if it were done, and do nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description https://; http:// only within `WRIT_WEBHOOK_NETWORKS`. */
                    url?: string;
                    /** @description Types of events, or the beginning of one with * at the end: license.issued, license.renewed, license.suspended, license.resumed, license.revoked, license.ending_soon, license.ended, quota.threshold, seats.nearly_full, edition.published, identity.revoked, change.parked, rollout.stopped, webhook.disabled, webhook.test. */
                    types?: string[];
                    description?: string;
                    enabled?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        url: string;
                        description?: string;
                        types: string[];
                        /** @description Of these alone. Absent: of all that you see. */
                        products?: string[];
                        /** @description Of these alone. Absent: of all that you see. */
                        organizations?: string[];
                        /** Format: date-time */
                        created_at: string;
                        created_by: string;
                        /** Format: date-time */
                        disabled_at?: string;
                        /** @description `asked`; `gone`: it answered 410; `failing`: nothing came through for five days. */
                        disabled_because?: string;
                        /** Format: date-time */
                        failing_since?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default 86400 */
                    overlap_seconds?: number;
                } | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        /** @description `whsec_…`: what the signatures are made with. It is shown this once. */
                        secret: string;
                        /** Format: date-time */
                        old_until: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        delivered: boolean;
                        /** @description Of the last answer. */
                        status?: number;
                        /** @description Why there was no answer: `unreachable`, `timeout`, `tls`, `address_refused`. */
                        error?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDeliveries: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
                /** @description `-`: descending. Default: `-event`. */
                sort?: "event" | "-event";
                state?: "waiting" | "delivered" | "failed";
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            event: string;
                            type: string;
                            /** Format: date-time */
                            at: string;
                            /** @enum {string} */
                            state: "waiting" | "delivered" | "failed";
                            attempts: number;
                            /**
                             * Format: date-time
                             * @description Of one that is waiting.
                             */
                            next_at?: string;
                            /** Format: date-time */
                            last_at?: string;
                            /** @description Of the last answer. */
                            last_status?: number;
                            /** @description Why there was no answer: `unreachable`, `timeout`, `tls`, `address_refused`. */
                            last_error?: string;
                        }[];
                        /** @description Absent on the last page. May lead to an empty one. */
                        next?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retryDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                event: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        event: string;
                        type: string;
                        /** Format: date-time */
                        at: string;
                        /** @enum {string} */
                        state: "waiting" | "delivered" | "failed";
                        attempts: number;
                        /**
                         * Format: date-time
                         * @description Of one that is waiting.
                         */
                        next_at?: string;
                        /** Format: date-time */
                        last_at?: string;
                        /** @description Of the last answer. */
                        last_status?: number;
                        /** @description Why there was no answer: `unreachable`, `timeout`, `tls`, `address_refused`. */
                        last_error?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAudit: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
                /** @description `-`: descending. Default: `-id`. */
                sort?: "id" | "-id";
                /** @description Inclusive, RFC 3339. */
                from?: string;
                /** @description Exclusive, RFC 3339. */
                to?: string;
                actor?: string;
                identity?: string;
                action?: string;
                subject?: string;
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                organization?: string;
                result?: "done" | "refused";
                /** @description Stands somewhere in actor, action, subject or detail, in any case. */
                text?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: number;
                            /** @description The change that it tells of. Absent: nothing changed. */
                            revision?: number;
                            /** Format: date-time */
                            at: string;
                            /** @description `key:…`, `identity:…`, or `operator` for a person on the host. */
                            actor: string;
                            /** @description Whom the key acted for. */
                            identity?: string;
                            /** @description Capability and verb: `organization.create`. */
                            action: string;
                            /** @description Kind and id: `organization:acme`. */
                            subject: string;
                            organization?: string;
                            /** @enum {string} */
                            result: "done" | "refused";
                            request_id: string;
                            detail: {
                                [key: string]: unknown;
                            };
                        }[];
                        /** @description Absent on the last page. May lead to an empty one. */
                        next?: string;
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readAudit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        /** @description The change that it tells of. Absent: nothing changed. */
                        revision?: number;
                        /** Format: date-time */
                        at: string;
                        /** @description `key:…`, `identity:…`, or `operator` for a person on the host. */
                        actor: string;
                        /** @description Whom the key acted for. */
                        identity?: string;
                        /** @description Capability and verb: `organization.create`. */
                        action: string;
                        /** @description Kind and id: `organization:acme`. */
                        subject: string;
                        organization?: string;
                        /** @enum {string} */
                        result: "done" | "refused";
                        request_id: string;
                        detail: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readSignIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The id of the authority. */
                        authority: string;
                        signed_in: boolean;
                        /**
                         * Format: date-time
                         * @description Exclusive.
                         */
                        expires_at?: string;
                        key?: {
                            id: string;
                            name: string;
                            scopes: string[];
                            /** @description Absent: all. */
                            products?: string[];
                            /** @description Absent: all. */
                            organizations?: string[];
                        };
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    key: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The id of the authority. */
                        authority: string;
                        signed_in: boolean;
                        /**
                         * Format: date-time
                         * @description Exclusive.
                         */
                        expires_at?: string;
                        key?: {
                            id: string;
                            name: string;
                            scopes: string[];
                            /** @description Absent: all. */
                            products?: string[];
                            /** @description Absent: all. */
                            organizations?: string[];
                        };
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The id of the authority. */
                        authority: string;
                        signed_in: boolean;
                        /**
                         * Format: date-time
                         * @description Exclusive.
                         */
                        expires_at?: string;
                        key?: {
                            id: string;
                            name: string;
                            scopes: string[];
                            /** @description Absent: all. */
                            products?: string[];
                            /** @description Absent: all. */
                            organizations?: string[];
                        };
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    takeBackup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    passphrase?: string;
                    recipients?: string[];
                };
            };
        };
        responses: {
            /** @description An age file. `Repr-Digest` (RFC 9530) is the SHA-256 of its bytes; `Writ-Backup` names it, `Writ-Revision` what it holds. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        authority: string;
                        key: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            id: string;
                            name: string;
                            scopes: string[];
                            /** @description Products that it sees. Absent: all. */
                            products?: string[];
                            /** @description Organizations that it sees. Absent: all. */
                            organizations?: string[];
                            reasons: boolean;
                            /** Format: date-time */
                            expires_at?: string;
                        };
                        /** @description Whom the key acts for, with the roles that it has in running this authority. Absent: nobody; its scopes alone count. */
                        identity?: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            id: string;
                            name?: string;
                            kind: string;
                            status: string;
                            roles: string[];
                        };
                        /** @description What it may do here now, as features of the product `writ`: `licenses.read`. A page shows what these allow. */
                        features: string[];
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reportUsage: {
        parameters: {
            query?: {
                /** @description Sign what of this is counted, now or before. Default: false. */
                receipt?: boolean;
                /** @description Usage whose own window is closed for corrections is refused, or counted now. */
                late?: "refuse" | "book";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": ({
                    /** @enum {string} */
                    specversion: "1.0";
                    /** @enum {string} */
                    type: "writ.usage";
                    /** @description A URI reference that names what reports: one spool, one process, one meter. */
                    source: string;
                    /** @description Unique to its source, within the licence, or the organization and product, that is named. */
                    id: string;
                    /** @description RFC 3339: when it happened. Absent: when it arrives. */
                    time?: string;
                    /** @description Yours; it is not kept. */
                    subject?: string;
                    /** @description The `id` is a `consume.id` of this API key, which is charged once: by a check that names it, or by this, whichever came first. `source` then tells it from no other. */
                    writconsume?: boolean | ("true" | "false");
                    datacontenttype?: string;
                    dataschema?: string;
                    /** @description A licence; or an organization and a product, whose licence at that time is found. */
                    data: {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        license: string;
                        /** @description Of the product’s terms. */
                        meter: string;
                        /** @description Default: 1. */
                        amount?: number;
                    } | {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        organization: string;
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        product: string;
                        /** @description Of the product’s terms. */
                        meter: string;
                        /** @description Default: 1. */
                        amount?: number;
                    };
                } & {
                    [key: string]: unknown;
                }) | ({
                    /** @enum {string} */
                    specversion: "1.0";
                    /** @enum {string} */
                    type: "writ.usage";
                    /** @description A URI reference that names what reports: one spool, one process, one meter. */
                    source: string;
                    /** @description Unique to its source, within the licence, or the organization and product, that is named. */
                    id: string;
                    /** @description RFC 3339: when it happened. Absent: when it arrives. */
                    time?: string;
                    /** @description Yours; it is not kept. */
                    subject?: string;
                    /** @description The `id` is a `consume.id` of this API key, which is charged once: by a check that names it, or by this, whichever came first. `source` then tells it from no other. */
                    writconsume?: boolean | ("true" | "false");
                    datacontenttype?: string;
                    dataschema?: string;
                    /** @description A licence; or an organization and a product, whose licence at that time is found. */
                    data: {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        license: string;
                        /** @description Of the product’s terms. */
                        meter: string;
                        /** @description Default: 1. */
                        amount?: number;
                    } | {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        organization: string;
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        product: string;
                        /** @description Of the product’s terms. */
                        meter: string;
                        /** @description Default: 1. */
                        amount?: number;
                    };
                } & {
                    [key: string]: unknown;
                })[];
                "application/cloudevents+json": {
                    /** @enum {string} */
                    specversion: "1.0";
                    /** @enum {string} */
                    type: "writ.usage";
                    /** @description A URI reference that names what reports: one spool, one process, one meter. */
                    source: string;
                    /** @description Unique to its source, within the licence, or the organization and product, that is named. */
                    id: string;
                    /** @description RFC 3339: when it happened. Absent: when it arrives. */
                    time?: string;
                    /** @description Yours; it is not kept. */
                    subject?: string;
                    /** @description The `id` is a `consume.id` of this API key, which is charged once: by a check that names it, or by this, whichever came first. `source` then tells it from no other. */
                    writconsume?: boolean | ("true" | "false");
                    datacontenttype?: string;
                    dataschema?: string;
                    /** @description A licence; or an organization and a product, whose licence at that time is found. */
                    data: {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        license: string;
                        /** @description Of the product’s terms. */
                        meter: string;
                        /** @description Default: 1. */
                        amount?: number;
                    } | {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        organization: string;
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        product: string;
                        /** @description Of the product’s terms. */
                        meter: string;
                        /** @description Default: 1. */
                        amount?: number;
                    };
                } & {
                    [key: string]: unknown;
                };
                "application/cloudevents-batch+json": ({
                    /** @enum {string} */
                    specversion: "1.0";
                    /** @enum {string} */
                    type: "writ.usage";
                    /** @description A URI reference that names what reports: one spool, one process, one meter. */
                    source: string;
                    /** @description Unique to its source, within the licence, or the organization and product, that is named. */
                    id: string;
                    /** @description RFC 3339: when it happened. Absent: when it arrives. */
                    time?: string;
                    /** @description Yours; it is not kept. */
                    subject?: string;
                    /** @description The `id` is a `consume.id` of this API key, which is charged once: by a check that names it, or by this, whichever came first. `source` then tells it from no other. */
                    writconsume?: boolean | ("true" | "false");
                    datacontenttype?: string;
                    dataschema?: string;
                    /** @description A licence; or an organization and a product, whose licence at that time is found. */
                    data: {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        license: string;
                        /** @description Of the product’s terms. */
                        meter: string;
                        /** @description Default: 1. */
                        amount?: number;
                    } | {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        organization: string;
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        product: string;
                        /** @description Of the product’s terms. */
                        meter: string;
                        /** @description Default: 1. */
                        amount?: number;
                    };
                } & {
                    [key: string]: unknown;
                })[];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accepted: number;
                        /** @description Were counted before, with the same content. */
                        duplicate: number;
                        /** @description Were not counted. Each says why; the others stand. */
                        refused: number;
                        /** @description One for each event, in their order. */
                        events: {
                            /** @enum {string} */
                            status: "accepted" | "duplicate" | "refused";
                            /** @description That it counts for. */
                            license?: string;
                            code?: string;
                            detail?: string;
                            errors?: {
                                /** @description Into the event. RFC 6901. */
                                pointer: string;
                                detail: string;
                            }[];
                        }[];
                        /** @description A usage receipt. Absent: none was asked for, nothing is counted, or it is of more than 150 licences and meters. */
                        receipt?: string;
                        /** @description Windows that this counted in and that are beyond their limit: what has happened is counted all the same. */
                        overages: {
                            /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                            license: string;
                            meter: string;
                            /** Format: date-time */
                            from: string;
                            /** Format: date-time */
                            until: string;
                            used: number;
                            limit: number;
                        }[];
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sendRows: {
        parameters: {
            query?: {
                /** @description Rows that come before this body. Default: 0. */
                after?: number;
                /** @description Others come after it. Default: false, and the import is done. */
                more?: boolean;
            };
            header?: never;
            path: {
                /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Letters, digits, and . _ : @ - inside; at most 128. */
                        id: string;
                        /** @enum {string} */
                        kind: "organizations" | "identities" | "resources" | "licenses" | "seats";
                        /**
                         * @description RFC 4180 with a header, or one JSON object a line.
                         * @enum {string}
                         */
                        format: "csv" | "jsonl";
                        dry_run: boolean;
                        /** @enum {string} */
                        state: "open" | "done";
                        /** @description That are done with, refused ones included. Send what comes after them. */
                        rows: number;
                        created: number;
                        changed: number;
                        unchanged: number;
                        /** @description Each is in the report, up to 10,000. */
                        refused: number;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                        /** @description At the end of a dry run: who would lose or gain what by all its rows together. Absent: they are too many, or went to several nodes. */
                        impact?: {
                            revision: number;
                            /** Format: date-time */
                            from: string;
                            /**
                             * Format: date-time
                             * @description Exclusive. Absent: however late it is.
                             */
                            until?: string;
                            /** @description Identities that can use something no more. */
                            losing: number;
                            /** @description Identities that can use something that they could not. */
                            gaining: number;
                            /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                            changing: number;
                            products: {
                                product: string;
                                /** @description Identities that can use something no more. */
                                losing: number;
                                /** @description Identities that can use something that they could not. */
                                gaining: number;
                                /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                                changing: number;
                            }[];
                            features: {
                                product: string;
                                feature: string;
                                command?: string;
                                /** @description Identities that can use something no more. */
                                losing: number;
                                /** @description Identities that can use something that they could not. */
                                gaining: number;
                                /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                                changing: number;
                            }[];
                            /** @description When it begins, the first ones. */
                            instants: {
                                /** Format: date-time */
                                at: string;
                                /** @description Identities that can use something no more. */
                                losing: number;
                                /** @description Identities that can use something that they could not. */
                                gaining: number;
                                /** @description Identities that can use something still, in another way: a stronger proof, other hours, a smaller limit. */
                                changing: number;
                            }[];
                            /** @description Those who share all that decides, the largest first. */
                            groups: {
                                identities: number;
                                examples: string[];
                                /** @description Absent: by licences of their own. */
                                organization?: string;
                                product: string;
                                /** @description Of the organization for the product, as they are now. */
                                licenses: {
                                    license: string;
                                    plan: string;
                                    edition: number;
                                }[];
                                roles?: string[];
                                effects: {
                                    feature: string;
                                    command?: string;
                                    effect: "loses" | "gains" | "changes";
                                    /** Format: date-time */
                                    at: string;
                                    /** @description Of a loss, why not any more; of a gain, why not before. */
                                    reason?: string;
                                    /** @description Of a change, what is another: assurance, conditions, quota, … */
                                    parts?: string[];
                                }[];
                            }[];
                            /** @description Groups that are not shown. */
                            more_groups: number;
                        };
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
