/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The map beside the list, with MapLibre GL and nothing from outside.
 *
 * The style is built here: paper, distance rings round the town's centre, names of towns and
 * districts and the offers, clustered. Names, rings' labels and clusters are HTML markers, so no
 * glyphs, sprites or tiles are fetched. A town that has its own tile server says so in data-
 * attributes (data-map-tiles, or data-map-style-url with a MapLibre style of the same origin).
 *
 * Needs a Content-Security-Policy with worker-src 'self', img-src 'self' data: blob:,
 * connect-src 'self': that is why the CSP build of MapLibre and its separate worker are used.
 * What the data looks like: ui/README.md, "Map".
 */
"use strict";

(function () {
    var KM_PER_DEGREE = 111.32;
    var RINGS_KM = [2, 5, 10, 20];
    var PLACES = [[0, 0], [0, -30], [0, 30], [1, 0], [-1, 0], [0, -46], [0, 46]]; /* widths, pixels */
    var GAP = 6;
    var RING_ANGLE = (-55 * Math.PI) / 180; /* north-west, where the labels of rings stand */

    /* Loads one script or sheet of our own origin; resolves when it is there. */
    function load(tag, attributes) {
        return new Promise(function (resolve, reject) {
            var node = Object.assign(document.createElement(tag), attributes);
            node.onload = resolve;
            node.onerror = function () {
                reject(new Error("cannot load " + (attributes.src || attributes.href)));
            };
            document.head.append(node);
        });
    }

    /* A colour token of the page as a value that MapLibre understands: canvas speaks every notation. */
    function token(name) {
        var pen = document.createElement("canvas").getContext("2d");
        pen.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
        return pen.fillStyle;
    }

    /* The point at this distance from the centre; angle in radians, clockwise from north. */
    function onRing(centre, km, angle) {
        var perLon = KM_PER_DEGREE * Math.cos((centre[1] * Math.PI) / 180);
        return [
            centre[0] + (km * Math.sin(angle)) / perLon,
            centre[1] + (km * Math.cos(angle)) / KM_PER_DEGREE
        ];
    }

    function ring(centre, km) {
        var line = [];
        for (var i = 0; i <= 90; i++) {
            line.push(onRing(centre, km, (i / 90) * 2 * Math.PI));
        }
        return {
            type: "Feature",
            properties: { km: km },
            geometry: { type: "Polygon", coordinates: [line] }
        };
    }

    function collection(features) {
        return { type: "FeatureCollection", features: features };
    }

    function ofKind(data, kinds) {
        return data.features.filter(function (f) {
            return kinds.indexOf(f.properties.kind) >= 0;
        });
    }

    function baseLayers(node, style) {
        if (node.dataset.mapTiles) {
            style.sources.base = {
                type: "raster",
                tiles: [new URL(node.dataset.mapTiles, location.href).href
                    .replace(/%7B/g, "{").replace(/%7D/g, "}")],
                tileSize: 256,
                attribution: node.dataset.mapCredit || ""
            };
            style.layers.push({ id: "base", type: "raster", source: "base" });
        }
    }

    function offerSource(data) {
        return {
            type: "geojson",
            data: collection(ofKind(data, ["offer"])),
            cluster: true,
            clusterRadius: 56,
            clusterMaxZoom: 15
        };
    }

    /* Nothing to see: a source is only computed when some layer shows it. The dots are markers. */
    var OFFER_LAYER = {
        id: "offers", type: "circle", source: "offers", paint: { "circle-radius": 1, "circle-opacity": 0 }
    };

    function makeStyle(node, data, centre) {
        var style = {
            version: 8,
            sources: {
                areas: { type: "geojson", data: collection(ofKind(data, ["area", "district", "town"])) },
                rings: { type: "geojson", data: collection(RINGS_KM.map(ring.bind(null, centre))) },
                offers: offerSource(data)
            },
            layers: [{ id: "paper", type: "background", paint: { "background-color": token("--t-tint") } }]
        };
        baseLayers(node, style);
        style.layers.push(
            { id: "area", type: "fill", source: "areas", filter: ["==", ["geometry-type"], "Polygon"],
                paint: { "fill-color": token("--t-tint"), "fill-outline-color": token("--t-line-strong") } },
            { id: "halo", type: "circle", source: "areas", filter: ["==", ["get", "kind"], "district"],
                paint: { "circle-color": token("--t-tint-line"), "circle-opacity": 0.9, "circle-blur": 0.7,
                    "circle-radius": ["interpolate", ["exponential", 2], ["zoom"], 8, 10, 11, 42, 14, 240] } },
            { id: "near", type: "fill", source: "rings",
                paint: { "fill-color": token("--t-paper"), "fill-opacity": 0.4 } },
            { id: "rings", type: "line", source: "rings",
                paint: { "line-color": token("--t-line-strong"), "line-width": 1, "line-dasharray": [3, 4], "line-opacity": 0.6 } },
            OFFER_LAYER
        );
        return style;
    }

    function label(text, className) {
        var node = document.createElement("div");
        node.className = className;
        node.textContent = text;
        node.setAttribute("aria-hidden", "true");
        return node;
    }

    function putNames(map, data) {
        return ofKind(data, ["district", "town"]).map(function (f) {
            var kind = f.properties.kind;
            var node = label(f.properties.name, "t-map__name t-map__name--" + kind);
            var marker = new maplibregl.Marker({ element: node });
            marker.setLngLat(f.geometry.coordinates).addTo(map);
            return { node: node, marker: marker, town: kind === "town" };
        });
    }

    function putRingLabels(map, centre) {
        return RINGS_KM.map(function (km) {
            var node = label(km + "\u00a0km", "t-map__ring");
            var marker = new maplibregl.Marker({ element: node });
            marker.setLngLat(onRing(centre, km, RING_ANGLE)).addTo(map);
            return { node: node, marker: marker, fixed: true };
        });
    }

    /* Closer than a few pixels is too close to read. */
    function meets(a, b) {
        return a.left < b.right + GAP && b.left < a.right + GAP && a.top < b.bottom && b.top < a.bottom;
    }

    function within(a, b) {
        return a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;
    }

    /* Each name takes the first place near its point where no offer and no earlier name lies. */
    function placeNames(map, names) {
        var frame = map.getContainer();
        var edge = frame.getBoundingClientRect();
        var others = frame.querySelectorAll(".t-map__dot, .maplibregl-ctrl");
        var taken = Array.prototype.map.call(others, function (node) {
            return node.getBoundingClientRect();
        });
        names.forEach(function (name) {
            var free = (name.fixed ? PLACES.slice(0, 1) : PLACES).some(function (place) {
                var width = name.node.offsetWidth / 2 + 20;
                name.marker.setOffset([place[0] * width, place[1]]);
                var box = name.node.getBoundingClientRect();
                if (!within(box, edge) || taken.some(meets.bind(null, box))) {
                    return false;
                }
                taken.push(box);
                return true;
            });
            name.node.style.visibility = free ? "" : "hidden";
        });
    }

    /* The card under the map: the chosen offers as links. */
    function showCard(node, features, opener) {
        var old = node.querySelector(".t-map__card");
        if (old) {
            old.remove();
        }
        var card = document.createElement("div");
        card.className = "t-map__card";
        var close = document.createElement("button");
        close.type = "button";
        close.className = "t-map__close";
        close.append(Object.assign(document.createElement("span"), { className: "t-icon t-icon--cross" }));
        close.setAttribute("aria-label", node.dataset.textClose);
        var list = document.createElement("ul");
        features.forEach(function (f) {
            var item = document.createElement("li");
            var link = document.createElement("a");
            link.href = f.properties.url;
            link.textContent = f.properties.title;
            item.append(link, document.createElement("br"), f.properties.organisation || "");
            list.append(item);
        });
        function hide() {
            card.remove();
            opener.focus();
        }
        close.addEventListener("click", hide);
        card.addEventListener("keydown", function (event) {
            if (event.key === "Escape") {
                hide();
            }
        });
        card.append(close, list);
        node.append(card);
        list.querySelector("a").focus();
    }

    function openCluster(map, node, feature, button) {
        var source = map.getSource("offers");
        var id = feature.properties.cluster_id;
        source.getClusterExpansionZoom(id).then(function (zoom) {
            if (zoom <= 15 && feature.properties.point_count > 6) {
                map.easeTo({ center: feature.geometry.coordinates, zoom: zoom });
                return;
            }
            source.getClusterLeaves(id, 50, 0).then(function (leaves) {
                showCard(node, leaves, button);
            });
        });
    }

    function dot(map, node, feature) {
        var p = feature.properties;
        var button = document.createElement("button");
        button.type = "button";
        button.className = "t-map__dot";
        if (p.cluster) {
            button.textContent = p.point_count;
            button.classList.toggle("t-map__dot--many", p.point_count > 9);
            button.setAttribute("aria-label", p.point_count + " " + node.dataset.textOffers);
        } else {
            button.classList.add("t-map__dot--one");
            button.setAttribute("aria-label", p.title);
        }
        button.addEventListener("click", function () {
            if (p.cluster) {
                openCluster(map, node, feature, button);
            } else {
                showCard(node, [feature], button);
            }
        });
        return new maplibregl.Marker({ element: button }).setLngLat(feature.geometry.coordinates);
    }

    /* Keeps one button for each cluster and offer in sight; buttons that stay are not rebuilt. */
    function putDots(map, node, shown) {
        var next = {};
        map.querySourceFeatures("offers").forEach(function (feature) {
            var key = feature.properties.cluster
                ? "c" + feature.properties.cluster_id
                : "o" + feature.properties.id;
            if (!next[key]) {
                next[key] = shown[key] || dot(map, node, feature).addTo(map);
            }
        });
        Object.keys(shown).forEach(function (key) {
            if (!next[key]) {
                shown[key].remove();
            }
        });
        return next;
    }

    function fit(map, data, centre) {
        var side = map.getContainer().clientWidth < 480 ? 24 : 56; /* right and below: room for the controls */
        var bounds = new maplibregl.LngLatBounds(centre, centre);
        ofKind(data, ["offer", "district"]).forEach(function (f) {
            bounds.extend(f.geometry.coordinates);
        });
        map.fitBounds(bounds, {
            padding: { top: side, right: side + 32, bottom: side + 40, left: side },
            maxZoom: 13,
            animate: false
        });
    }

    /* The place that the page is about: a mark of its own, never within a cluster. */
    function putHere(map, centre) {
        var node = label("", "t-map__here");
        node.append(Object.assign(document.createElement("span"), { className: "t-icon t-icon--place" }));
        new maplibregl.Marker({ element: node }).setLngLat(centre).addTo(map);
    }

    function begin(node, data) {
        var set = node.dataset;
        data.features = data.features.filter(function (f) {
            return !set.mapHere || f.properties.id !== set.mapHere;
        });
        var centre = [Number(set.mapLon), Number(set.mapLat)];
        var still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
        maplibregl.setWorkerUrl(new URL(set.mapWorkerUrl, location.href).href);
        var map = new maplibregl.Map({
            container: node,
            style: set.mapStyleUrl || makeStyle(node, data, centre),
            center: centre,
            zoom: Number(set.mapZoom) || 11,
            minZoom: 5,
            attributionControl: false,
            dragRotate: false,
            fadeDuration: still ? 0 : 200,
            locale: {
                "NavigationControl.ZoomIn": set.textZoomIn,
                "NavigationControl.ZoomOut": set.textZoomOut,
                "Map.Title": set.textMap
            }
        });
        map.touchZoomRotate.disableRotation();
        map.addControl(new maplibregl.NavigationControl({ showCompass: false }));
        map.addControl(new maplibregl.ScaleControl({ maxWidth: 120, unit: "metric" }), "bottom-left");
        if (set.mapCredit) {
            map.addControl(new maplibregl.AttributionControl({ compact: false, customAttribution: set.mapCredit }));
        }
        if (!set.mapZoom) {
            fit(map, data, centre);
        }
        if (set.mapHere) {
            putHere(map, centre);
        }
        show(map, node, data, centre);
    }

    /* A town's own style has its own names; ours has names and rings, both have the offers. */
    function show(map, node, data, centre) {
        var own = Boolean(node.dataset.mapStyleUrl);
        var names = own ? [] : putNames(map, data).sort(function (a, b) { return b.town - a.town; })
            .concat(putRingLabels(map, centre));
        var shown = {};
        map.on("styledata", function () {
            if (own && map.isStyleLoaded() && !map.getSource("offers")) {
                map.addSource("offers", offerSource(data));
                map.addLayer(OFFER_LAYER);
            }
        });
        function refresh() {
            if (map.getSource("offers") && map.isSourceLoaded("offers")) {
                shown = putDots(map, node, shown);
            }
        }
        map.on("render", refresh);
        map.on("idle", function () {
            refresh();
            placeNames(map, names);
        });
    }

    function start(node) {
        var set = node.dataset;
        node.classList.add("t-map--on");
        Promise.all([
            fetch(set.mapUrl, { headers: { Accept: "application/geo+json" } }).then(function (reply) {
                if (!reply.ok) {
                    throw new Error("map data: " + reply.status);
                }
                return reply.json();
            }),
            load("link", { rel: "stylesheet", href: set.mapCssUrl }),
            load("script", { src: set.mapLibUrl })
        ]).then(function (got) {
            begin(node, got[0]);
        }).catch(function (error) {
            node.classList.remove("t-map--on"); /* the list says it all */
            console.warn(error);
        });
    }

    document.querySelectorAll("[data-map-url]").forEach(start);
})();
