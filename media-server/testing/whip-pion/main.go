// Command whip-pion publishes a short stream by WHIP (RFC 9725) with a WebRTC stack of another house, for the tests.
//
// Usage: whip-pion -endpoint URL -key KEY -seconds N
//
// It sends H264 and Opus packets, tells on standard output what happened as lines of JSON, restarts ICE once it is
// connected if asked to, and ends its session.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/pion/webrtc/v4"
	"github.com/pion/webrtc/v4/pkg/media"
)

const (
	frameInterval  = 33 * time.Millisecond
	opusInterval   = 20 * time.Millisecond
	connectTimeout = 10 * time.Second
)

// A silent Opus frame of 20 ms (RFC 6716, section 3.1: mode, stereo flag, frame count; then nothing coded).
var silence = []byte{0xf8, 0xff, 0xfe}

// Parameter sets and a key frame that fill packets. Nothing decodes them: what is on trial is that they arrive.
var keyFrame = bytes.Join([][]byte{
	{0, 0, 0, 1, 0x67, 0x42, 0xe0, 0x1f, 0x96, 0x54, 0x05, 0x01, 0xec, 0x80},
	{0, 0, 0, 1, 0x68, 0xce, 0x3c, 0x80},
	append([]byte{0, 0, 0, 1, 0x65, 0x88}, bytes.Repeat([]byte{0x5a}, 4000)...),
}, nil)

func tell(event string, fields map[string]any) {
	line := map[string]any{"event": event}
	for name, value := range fields {
		line[name] = value
	}
	text, err := json.Marshal(line)
	if err != nil {
		fail(err)
	}
	fmt.Println(string(text))
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

type client struct {
	key     string
	session string
	etag    string
}

func (c *client) send(method, target, contentType, body string, header map[string]string) (*http.Response, string, error) {
	request, err := http.NewRequest(method, target, strings.NewReader(body))
	if err != nil {
		return nil, "", err
	}
	request.Header.Set("Authorization", "Bearer "+c.key)
	if contentType != "" {
		request.Header.Set("Content-Type", contentType)
	}
	for name, value := range header {
		request.Header.Set(name, value)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, "", err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	return response, string(text), err
}

func (c *client) publish(endpoint string, peer *webrtc.PeerConnection) error {
	offer, err := peer.CreateOffer(nil)
	if err != nil {
		return err
	}
	gathered := webrtc.GatheringCompletePromise(peer)
	if err := peer.SetLocalDescription(offer); err != nil {
		return err
	}
	<-gathered
	response, answer, err := c.send("POST", endpoint, "application/sdp", peer.LocalDescription().SDP, nil)
	if err != nil {
		return err
	}
	tell("answered", map[string]any{"status": response.StatusCode})
	if response.StatusCode != http.StatusCreated {
		return fmt.Errorf("status %d: %s", response.StatusCode, answer)
	}
	base, err := url.Parse(endpoint)
	if err != nil {
		return err
	}
	location, err := base.Parse(response.Header.Get("Location"))
	if err != nil {
		return err
	}
	c.session, c.etag = location.String(), response.Header.Get("ETag")
	return peer.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: answer})
}

func attribute(text, name string) string {
	for _, line := range strings.Split(text, "\n") {
		if value, found := strings.CutPrefix(strings.TrimSpace(line), "a="+name+":"); found {
			return value
		}
	}
	return ""
}

// restartIce asks for new credentials as section 4.3.3 of the standard has it, and goes on with them.
func (c *client) restartIce(peer *webrtc.PeerConnection) error {
	remote := peer.RemoteDescription().SDP
	offer, err := peer.CreateOffer(&webrtc.OfferOptions{ICERestart: true})
	if err != nil {
		return err
	}
	if err := peer.SetLocalDescription(offer); err != nil {
		return err
	}
	fragment := strings.Join([]string{
		"a=ice-ufrag:" + attribute(offer.SDP, "ice-ufrag"),
		"a=ice-pwd:" + attribute(offer.SDP, "ice-pwd"),
		"m=audio 9 UDP/TLS/RTP/SAVPF 0",
		"a=mid:0",
		"",
	}, "\r\n")
	response, body, err := c.send("PATCH", c.session, "application/trickle-ice-sdpfrag", fragment, map[string]string{"If-Match": "*"})
	if err != nil {
		return err
	}
	tell("restarted", map[string]any{"status": response.StatusCode, "newTag": response.Header.Get("ETag") != c.etag})
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("status %d: %s", response.StatusCode, body)
	}
	for _, name := range []string{"ice-ufrag", "ice-pwd"} {
		remote = strings.ReplaceAll(remote, "a="+name+":"+attribute(remote, name), "a="+name+":"+attribute(body, name))
	}
	return peer.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: remote})
}

func write(track *webrtc.TrackLocalStaticSample, data []byte, interval time.Duration, done <-chan struct{}) {
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		select {
		case <-done:
			return
		case <-ticker.C:
			if err := track.WriteSample(media.Sample{Data: data, Duration: interval}); err != nil {
				fail(err)
			}
		}
	}
}

func addTrack(peer *webrtc.PeerConnection, kind, mimeType string) (*webrtc.TrackLocalStaticSample, error) {
	track, err := webrtc.NewTrackLocalStaticSample(webrtc.RTPCodecCapability{MimeType: mimeType}, kind, "pion")
	if err != nil {
		return nil, err
	}
	_, err = peer.AddTransceiverFromTrack(track, webrtc.RTPTransceiverInit{Direction: webrtc.RTPTransceiverDirectionSendonly})
	return track, err
}

func run(endpoint, key string, seconds int, restart bool) error {
	peer, err := webrtc.NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		return err
	}
	defer peer.Close()
	audio, err := addTrack(peer, "audio", webrtc.MimeTypeOpus)
	if err != nil {
		return err
	}
	video, err := addTrack(peer, "video", webrtc.MimeTypeH264)
	if err != nil {
		return err
	}
	connected := make(chan struct{}, 8)
	peer.OnConnectionStateChange(func(state webrtc.PeerConnectionState) {
		tell("state", map[string]any{"state": state.String()})
		if state == webrtc.PeerConnectionStateConnected {
			connected <- struct{}{}
		}
	})
	publisher := &client{key: key}
	if err := publisher.publish(endpoint, peer); err != nil {
		return err
	}
	select {
	case <-connected:
	case <-time.After(connectTimeout):
		return fmt.Errorf("not connected within %s", connectTimeout)
	}
	done := make(chan struct{})
	go write(audio, silence, opusInterval, done)
	go write(video, keyFrame, frameInterval, done)
	if restart {
		time.Sleep(time.Second)
		if err := publisher.restartIce(peer); err != nil {
			return err
		}
	}
	time.Sleep(time.Duration(seconds) * time.Second)
	close(done)
	response, _, err := publisher.send("DELETE", publisher.session, "", "", nil)
	if err != nil {
		return err
	}
	tell("ended", map[string]any{"status": response.StatusCode})
	return nil
}

func main() {
	endpoint := flag.String("endpoint", "", "address of the WHIP endpoint")
	key := flag.String("key", "", "stream key")
	seconds := flag.Int("seconds", 3, "how long to send")
	restart := flag.Bool("restart", false, "restart ICE once connected")
	flag.Parse()
	if err := run(*endpoint, *key, *seconds, *restart); err != nil {
		fail(err)
	}
}
