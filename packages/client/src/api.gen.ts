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
        /** The store answers and this node has followed its changes */
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
    "/v1/organizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List organizations, by id */
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
        /** List resources, by id */
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
    "/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read who did what, newest first */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: never;
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
                    };
                };
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
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
                        }[];
                        /** @description The scope that was missing. */
                        scope?: string;
                    };
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
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
                        }[];
                        /** @description The scope that was missing. */
                        scope?: string;
                    };
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
                        /** @description Unique to this credential; sending it again gives the first answer again. */
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
                    "application/problem+json": {
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
                        }[];
                        /** @description The scope that was missing. */
                        scope?: string;
                    };
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
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
                        }[];
                        /** @description The scope that was missing. */
                        scope?: string;
                    };
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
                        /** @description Unique to this credential; sending it again gives the first answer again. */
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
                    "application/problem+json": {
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
                        }[];
                        /** @description The scope that was missing. */
                        scope?: string;
                    };
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
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
                        }[];
                        /** @description The scope that was missing. */
                        scope?: string;
                    };
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
    listOrganizations: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
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
                    "application/problem+json": {
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
                        }[];
                        /** @description The scope that was missing. */
                        scope?: string;
                    };
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
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
                        }[];
                        /** @description The scope that was missing. */
                        scope?: string;
                    };
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
                    "application/problem+json": {
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
                        }[];
                        /** @description The scope that was missing. */
                        scope?: string;
                    };
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
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
                        }[];
                        /** @description The scope that was missing. */
                        scope?: string;
                    };
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
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
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
                        }[];
                        /** @description The scope that was missing. */
                        scope?: string;
                    };
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
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
                        }[];
                        /** @description The scope that was missing. */
                        scope?: string;
                    };
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
                    "application/problem+json": {
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
                        }[];
                        /** @description The scope that was missing. */
                        scope?: string;
                    };
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
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
                        }[];
                        /** @description The scope that was missing. */
                        scope?: string;
                    };
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
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
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
                        }[];
                        /** @description The scope that was missing. */
                        scope?: string;
                    };
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
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
                        }[];
                        /** @description The scope that was missing. */
                        scope?: string;
                    };
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
                    "application/problem+json": {
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
                        }[];
                        /** @description The scope that was missing. */
                        scope?: string;
                    };
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
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
                        }[];
                        /** @description The scope that was missing. */
                        scope?: string;
                    };
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
                kind?: string;
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
                    "application/problem+json": {
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
                        }[];
                        /** @description The scope that was missing. */
                        scope?: string;
                    };
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
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
                        }[];
                        /** @description The scope that was missing. */
                        scope?: string;
                    };
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
                    "application/problem+json": {
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
                        }[];
                        /** @description The scope that was missing. */
                        scope?: string;
                    };
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
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
                        }[];
                        /** @description The scope that was missing. */
                        scope?: string;
                    };
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
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
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
                        }[];
                        /** @description The scope that was missing. */
                        scope?: string;
                    };
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
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
                        }[];
                        /** @description The scope that was missing. */
                        scope?: string;
                    };
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
                    "application/problem+json": {
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
                        }[];
                        /** @description The scope that was missing. */
                        scope?: string;
                    };
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
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
                        }[];
                        /** @description The scope that was missing. */
                        scope?: string;
                    };
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
                    "application/problem+json": {
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
                        }[];
                        /** @description The scope that was missing. */
                        scope?: string;
                    };
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
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
                        }[];
                        /** @description The scope that was missing. */
                        scope?: string;
                    };
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
                        scopes: ("decide" | "consume" | "simulate" | "assert:identity" | "assert:resource" | "assert:context" | "assert:proofs" | "manage:audit" | "manage:enforcers" | "manage:organizations" | "manage:*")[];
                        /** @description Products that it sees. Absent: all. */
                        products?: string[];
                        /** @description Organizations that it sees. Absent: all. */
                        organizations?: string[];
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
                    "application/problem+json": {
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
                        }[];
                        /** @description The scope that was missing. */
                        scope?: string;
                    };
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
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
                        }[];
                        /** @description The scope that was missing. */
                        scope?: string;
                    };
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
                            scopes: ("decide" | "consume" | "simulate" | "assert:identity" | "assert:resource" | "assert:context" | "assert:proofs" | "manage:audit" | "manage:enforcers" | "manage:organizations" | "manage:*")[];
                            /** @description Products that it sees. Absent: all. */
                            products?: string[];
                            /** @description Organizations that it sees. Absent: all. */
                            organizations?: string[];
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
                    "application/problem+json": {
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
                        }[];
                        /** @description The scope that was missing. */
                        scope?: string;
                    };
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
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
                        }[];
                        /** @description The scope that was missing. */
                        scope?: string;
                    };
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
                    scopes: ("decide" | "consume" | "simulate" | "assert:identity" | "assert:resource" | "assert:context" | "assert:proofs" | "manage:audit" | "manage:enforcers" | "manage:organizations" | "manage:*")[];
                    /** @description Products that it sees. Absent: all. */
                    products?: string[];
                    /** @description Organizations that it sees. Absent: all. */
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
                        name: string;
                        scopes: ("decide" | "consume" | "simulate" | "assert:identity" | "assert:resource" | "assert:context" | "assert:proofs" | "manage:audit" | "manage:enforcers" | "manage:organizations" | "manage:*")[];
                        /** @description Products that it sees. Absent: all. */
                        products?: string[];
                        /** @description Organizations that it sees. Absent: all. */
                        organizations?: string[];
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
                    "application/problem+json": {
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
                        }[];
                        /** @description The scope that was missing. */
                        scope?: string;
                    };
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
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
                        }[];
                        /** @description The scope that was missing. */
                        scope?: string;
                    };
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
                        scopes: ("decide" | "consume" | "simulate" | "assert:identity" | "assert:resource" | "assert:context" | "assert:proofs" | "manage:audit" | "manage:enforcers" | "manage:organizations" | "manage:*")[];
                        /** @description Products that it sees. Absent: all. */
                        products?: string[];
                        /** @description Organizations that it sees. Absent: all. */
                        organizations?: string[];
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
                    "application/problem+json": {
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
                        }[];
                        /** @description The scope that was missing. */
                        scope?: string;
                    };
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
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
                        }[];
                        /** @description The scope that was missing. */
                        scope?: string;
                    };
                };
            };
        };
    };
    revokeApiKey: {
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
                    "application/problem+json": {
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
                        }[];
                        /** @description The scope that was missing. */
                        scope?: string;
                    };
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
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
                        }[];
                        /** @description The scope that was missing. */
                        scope?: string;
                    };
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
                actor?: string;
                action?: string;
                subject?: string;
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
                            /** @description Capability and verb: `organization.create`. */
                            action: string;
                            /** @description Kind and id: `organization:acme`. */
                            subject: string;
                            organization?: string;
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
                    "application/problem+json": {
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
                        }[];
                        /** @description The scope that was missing. */
                        scope?: string;
                    };
                };
            };
            /** @description Failed */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
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
                        }[];
                        /** @description The scope that was missing. */
                        scope?: string;
                    };
                };
            };
        };
    };
}
